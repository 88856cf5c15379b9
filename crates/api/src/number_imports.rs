//! Including numbers from a sheet (spec O1).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
    upload::{self, SheetUpload},
};
use actix_multipart::Multipart;
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use app::{
    App,
    number_imports::{Retry, Start},
};
use db::number_imports::Of;
use types::{
    NumberImportId, Page, PageQuery,
    number_imports::{NumberImport, NumberImportRetry, NumberImportRowInput, NumberImportStart, SHEET_MAX_BYTES},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_number_imports)
        .service(create_number_import)
        // Before the import itself, for `sample.xlsx` would be read as an id.
        .service(get_number_import_sample)
        .service(get_number_import)
        .service(update_number_import_row)
        .service(delete_number_import_row)
        .service(start_number_import)
        .service(retry_number_import)
        .service(delete_number_import);
}

/// List one's own imports, the latest first; administrators see all of them
#[utoipa::path(tag = "number_imports", params(PageQuery), responses((status = 200, body = Page<NumberImport>), Authenticated, Permitted, Validated), security(("session" = ["view_number_imports"])))]
#[get("/number-imports")]
async fn list_number_imports(
    actor: Actor<can::ViewNumberImports>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<NumberImport>>> {
    Ok(Json(db::number_imports::list(app.db.read(), &actor.scope, of(&actor), &page.0).await?))
}

/// Upload a sheet of 20 rows at most; the answer is a draft with its review
#[utoipa::path(tag = "number_imports", request_body(content = SheetUpload, content_type = "multipart/form-data"), responses((status = 201, body = NumberImport), Authenticated, Permitted, Validated), security(("session" = ["edit_number_imports"])))]
#[post("/number-imports")]
async fn create_number_import(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    spoken: Spoken,
    form: Option<Multipart>,
) -> Result<HttpResponse> {
    let (name, file) = upload::receive(form, SHEET_MAX_BYTES).await?;
    let import = app::number_imports::upload(&app, &actor.scope, &actor.by(), &name, file, spoken.0).await?;
    Ok(HttpResponse::Created().json(import))
}

/// Get a sheet to start from
#[utoipa::path(tag = "number_imports", responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), Authenticated, Permitted), security(("session" = ["view_number_imports"])))]
#[get("/number-imports/sample.xlsx")]
async fn get_number_import_sample(_actor: Actor<can::ViewNumberImports>, spoken: Spoken) -> Result<HttpResponse> {
    Ok(upload::sheet("cercano.xlsx", app::number_imports::sample_xlsx(spoken.0)?))
}

/// Get an import with its rows and what became of each action
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path)), responses((status = 200, body = NumberImport), Authenticated, Permitted, Found), security(("session" = ["view_number_imports"])))]
#[get("/number-imports/{id}")]
async fn get_number_import(
    actor: Actor<can::ViewNumberImports>,
    app: Data<App>,
    id: Path<NumberImportId>,
) -> Result<Json<NumberImport>> {
    Ok(Json(db::number_imports::get(app.db.read(), &actor.scope, of(&actor), *id).await?))
}

/// Correct a row of a draft; the whole draft is checked again
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path), ("row" = u32, Path)), request_body = NumberImportRowInput, responses((status = 200, body = NumberImport), Authenticated, Permitted, Found, Conflicts, Validated), security(("session" = ["edit_number_imports"])))]
#[put("/number-imports/{id}/rows/{row}")]
async fn update_number_import_row(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    path: Path<(NumberImportId, u32)>,
    input: Input<NumberImportRowInput>,
) -> Result<Json<NumberImport>> {
    let row = path.into_inner();
    Ok(Json(app::number_imports::update_row(&app, &actor.scope, of(&actor), row, input.0).await?))
}

/// Leave a row of a draft out
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path), ("row" = u32, Path)), responses((status = 200, body = NumberImport), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_number_imports"])))]
#[delete("/number-imports/{id}/rows/{row}")]
async fn delete_number_import_row(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    path: Path<(NumberImportId, u32)>,
) -> Result<Json<NumberImport>> {
    Ok(Json(app::number_imports::leave_out(&app, &actor.scope, of(&actor), path.into_inner()).await?))
}

/// Begin: each row becomes a number, with three actions side by side
///
/// Refused while a row is faulty, and for a profile that grants more than the caller has.
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path)), request_body = NumberImportStart, responses((status = 200, body = NumberImport), Authenticated, Permitted, Found, Conflicts, Validated), security(("session" = ["edit_number_imports"])))]
#[post("/number-imports/{id}/start")]
async fn start_number_import(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<NumberImportId>,
    input: Input<NumberImportStart>,
) -> Result<Json<NumberImport>> {
    let start = Start { by: &actor.by(), of: of(&actor), id: *id, language: spoken.0 };
    Ok(Json(app::number_imports::start(&app, &actor.scope, start, &input.0).await?))
}

/// Try failed actions again; what is done is never repeated
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path)), request_body = NumberImportRetry, responses((status = 200, body = NumberImport), Authenticated, Permitted, Found, Conflicts, Validated), security(("session" = ["edit_number_imports"])))]
#[post("/number-imports/{id}/retry")]
async fn retry_number_import(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    id: Path<NumberImportId>,
    input: Input<NumberImportRetry>,
) -> Result<Json<NumberImport>> {
    let retry = Retry { by: &actor.by(), of: of(&actor), id: *id };
    Ok(Json(app::number_imports::retry(&app, &actor.scope, retry, &input.0).await?))
}

/// Delete a draft
#[utoipa::path(tag = "number_imports", params(("id" = NumberImportId, Path)), responses((status = 204), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_number_imports"])))]
#[delete("/number-imports/{id}")]
async fn delete_number_import(
    actor: Actor<can::EditNumberImports>,
    app: Data<App>,
    id: Path<NumberImportId>,
) -> Result<HttpResponse> {
    app::number_imports::delete(&app, &actor.scope, of(&actor), *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Administrators see everybody's, others their own.
fn of<P>(actor: &Actor<P>) -> Of {
    let by = actor.by();
    if by.administrator { Of::Everybody } else { Of::Member(by.member.id) }
}
