//! Uploading a sheet, and a sheet to start from.

use crate::{
    Error, Result,
    access::{Actor, can},
    openapi::{Authenticated, Permitted, Validated},
    problems::Spoken,
    templates::template,
};
use actix_multipart::{Multipart, MultipartError};
use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    post,
    web::Data,
};
use app::{App, sheets};
use futures_util::TryStreamExt;
use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};
use types::{
    ErrorCode, PageQuery,
    campaigns::{Campaign, MAX_SHEET_BYTES},
    numbers::{NumberFilter, NumberRef},
    page::MAX_LIMIT,
};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_campaign).service(get_campaign_sample);
}

/// What an upload looks like.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only tells the document what an upload looks like")]
struct SheetUpload {
    /// xlsx, xls, ods or csv; 50 MB and 100,000 rows at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a sheet; the answer is a draft with its review
#[utoipa::path(tag = "campaigns", request_body(content = SheetUpload, content_type = "multipart/form-data"), responses((status = 201, body = Campaign), Authenticated, Permitted, Validated), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns")]
async fn create_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    spoken: Spoken,
    form: Option<Multipart>,
) -> Result<HttpResponse> {
    let form = form.ok_or(ErrorCode::MediaTypeUnsupported)?;
    let (name, file) = receive(form).await?;
    let member = actor.member.member_id;
    let campaign = app::campaigns::upload(&app, &actor.scope, member, &name, file, spoken.0).await?;
    Ok(HttpResponse::Created().json(campaign))
}

/// Get a sheet to start from, with the member's numbers and templates as examples
#[utoipa::path(tag = "campaigns", responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), Authenticated, Permitted), security(("session" = ["view_campaigns"])))]
#[get("/campaigns/sample.xlsx")]
async fn get_campaign_sample(actor: Actor<can::ViewCampaigns>, app: Data<App>, spoken: Spoken) -> Result<HttpResponse> {
    let page = PageQuery { limit: Some(MAX_LIMIT), cursor: None };
    let numbers = db::numbers::list(app.db.read(), &actor.scope, &NumberFilter::default(), &page).await?;
    let numbers: Vec<_> = numbers
        .items
        .into_iter()
        .map(|number| NumberRef { id: number.id, name: number.name, phone: number.phone })
        .collect();
    let templates: Vec<_> =
        db::templates::list(app.db.read(), &actor.scope, &page).await?.items.into_iter().map(template).collect();
    let sheet = sheets::sample_xlsx(&numbers, &templates, spoken.0)?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("cercano.xlsx".to_owned())],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((header::CONTENT_DISPOSITION, disposition.to_string()))
        .body(sheet))
}

/// Write the part named `file` to a file without a name, which is gone when it is closed.
async fn receive(mut form: Multipart) -> Result<(String, File)> {
    while let Some(mut part) = form.try_next().await.map_err(unreadable)? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.content_disposition().and_then(ContentDisposition::get_filename).unwrap_or_default().to_owned();
        let mut file = tempfile::tempfile().map_err(|error| app::Error::broken(error.to_string()))?;
        let mut size = 0_usize;
        while let Some(bytes) = part.try_next().await.map_err(unreadable)? {
            size += bytes.len();
            if size > MAX_SHEET_BYTES {
                return Err(ErrorCode::SheetTooLarge.into());
            }
            file.write_all(&bytes).map_err(|error| app::Error::broken(error.to_string()))?;
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| app::Error::broken(error.to_string()))?;
        return Ok((name, file));
    }
    Err(ErrorCode::MalformedRequest.into())
}

fn unreadable(error: MultipartError) -> Error {
    tracing::debug!(%error, "an upload cannot be read");
    let no_form = matches!(
        error,
        MultipartError::ContentTypeMissing | MultipartError::ContentTypeParse | MultipartError::ContentTypeIncompatible
    );
    let code = if no_form { ErrorCode::MediaTypeUnsupported } else { ErrorCode::MalformedRequest };
    code.into()
}
