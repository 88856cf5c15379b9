//! Sheets on their way in and out: an upload becomes a file without a name, and a sheet is answered as a download.

use crate::{Error, Result};
use actix_multipart::{Multipart, MultipartError};
use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
};
use futures_util::TryStreamExt;
use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};
use types::ErrorCode;
use utoipa::ToSchema;

/// What an upload looks like.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only tells the document what an upload looks like")]
pub(crate) struct SheetUpload {
    /// xlsx, xls, ods or csv; of a campaign 50 MB and 100,000 rows at most, of numbers to be included 2 MB and 20 rows.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A sheet as a download.
pub(crate) fn sheet(name: &str, sheet: Vec<u8>) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    };
    HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((header::CONTENT_DISPOSITION, disposition.to_string()))
        .body(sheet)
}

/// Write the part named `file` to a file without a name, which is gone when it is closed. Refuses what is no form, and
/// more than `max` bytes as soon as they have come.
pub(crate) async fn receive(form: Option<Multipart>, max: usize) -> Result<(String, File)> {
    let mut form = form.ok_or(ErrorCode::MediaTypeUnsupported)?;
    while let Some(mut part) = form.try_next().await.map_err(unreadable)? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.content_disposition().and_then(ContentDisposition::get_filename).unwrap_or_default().to_owned();
        let mut file = tempfile::tempfile().map_err(|error| app::Error::broken(error.to_string()))?;
        let mut size = 0_usize;
        while let Some(bytes) = part.try_next().await.map_err(unreadable)? {
            size += bytes.len();
            if size > max {
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
