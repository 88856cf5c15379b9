//! The audit log: looked through, and taken away as CSV (spec P6).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Permitted, Validated},
};
use actix_web::{
    HttpResponse, get,
    http::header,
    web::{Bytes, Data, Json, Query},
};
use app::{App, audit_log::Export};
use futures_util::{Stream, stream};
use types::{
    Page, PageQuery,
    audit_log::{AuditEntry, AuditLogFilter},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_log).service(export_audit_log);
}

/// List who changed what, the latest first
#[utoipa::path(tag = "audit_log", params(AuditLogFilter, PageQuery), responses((status = 200, body = Page<AuditEntry>), Authenticated, Permitted, Validated), security(("session" = ["administer"])))]
#[get("/audit-log")]
async fn list_audit_log(
    actor: Actor<can::Administer>,
    app: Data<App>,
    filter: Query<AuditLogFilter>,
    page: Paging,
) -> Result<Json<Page<AuditEntry>>> {
    Ok(Json(db::audit_log::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Take the entries away as CSV, the latest first
///
/// UTF-8; one line for each field that was changed, with the names of the API; times in the organization's zone.
#[utoipa::path(tag = "audit_log", params(AuditLogFilter), responses((status = 200, content_type = "text/csv", body = String), Authenticated, Permitted, Validated), security(("session" = ["administer"])))]
#[get("/audit-log/export.csv")]
async fn export_audit_log(
    actor: Actor<can::Administer>,
    app: Data<App>,
    filter: Query<AuditLogFilter>,
) -> Result<HttpResponse> {
    let export = Export::begin(&app, &actor.scope, filter.into_inner()).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\""))
        .streaming(pieces(app.get_ref().clone(), export)))
}

/// The export piece by piece, as the caller takes it.
fn pieces(app: App, export: Export) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold((app, export), |(app, mut export)| async move {
        let piece = export.next(&app).await?;
        Ok(piece.map(|written| (Bytes::from(written), (app, export))))
    })
}
