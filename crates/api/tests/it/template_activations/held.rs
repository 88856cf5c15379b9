//! Who waits for whom.

use super::{counts, input, template};
use crate::test_app::{TestApp, eventually, noon};
use db::{ConnectionTrait, Scope};
use types::{
    NumberId,
    template_activations::{PREVIEW_TEMPLATE_ACTIVATIONS, UPDATE_TEMPLATE_ACTIVATIONS},
};

#[actix_web::test]
async fn a_preview_waits_for_nobody_who_changes_the_organization() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let norte = app.number(&organization, "Norte", &[]).await;
    app.templates(&organization).await;
    let wanted = input(&[norte], &[template(admin, norte, "oferta_da_semana").await]);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::organizations::hold(&tx, &Scope::of_organization(organization.id)).await.unwrap();
    // The transaction is open until it has answered.
    let plan = admin.send(PREVIEW_TEMPLATE_ACTIVATIONS, &[], &wanted).await.ok();
    tx.commit().await.unwrap();
    assert_eq!(admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &wanted).await.ok(), plan);
}

/// Hold a number, or fail where somebody else does. `SQLite` has one writer, and holds nothing.
async fn hold(tx: &db::Tx, number: NumberId) {
    let sql = format!("SELECT id FROM numbers WHERE id = '{number}' FOR NO KEY UPDATE NOWAIT");
    tx.execute_unprepared(&sql).await.unwrap();
}

#[actix_web::test]
async fn numbers_are_switched_in_the_order_of_their_ids_whatever_order_they_come_in() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (one, other) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    let (first, last) = (one.min(other), one.max(other));
    let scope = Scope::of_organization(organization.id);
    let store = async || {
        let tx = db::begin(&app.app.db).await.unwrap();
        let numbers = [last, first];
        db::template_activations::store(&tx, &scope, organization.waba_id, &numbers, &[], noon()).await.unwrap();
        tx.commit().await.unwrap();
    };
    if app.app.db.is_sqlite() {
        store().await;
    } else {
        let holder = db::begin(&app.app.db).await.unwrap();
        // Written anew, the first stands behind the last, and is found after it by who asks for no order.
        let touch = format!("UPDATE numbers SET name = name WHERE id = '{first}'");
        holder.execute_unprepared(&touch).await.unwrap();
        holder.commit().await.unwrap();
        let holder = db::begin(&app.app.db).await.unwrap();
        hold(&holder, first).await;
        let release = async {
            eventually("it waits for the first", async || {
                let waiting = "SELECT 1 / COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                               AND wait_event_type = 'Lock'";
                app.app.db.read().execute_unprepared(waiting).await.ok()
            })
            .await;
            // Whoever holds the first can have the last.
            hold(&holder, last).await;
            holder.commit().await.unwrap();
        };
        futures_util::future::join(store(), release).await;
    }
    let versions: Vec<_> = counts(&organization.administrator).await.into_iter().map(|(.., version)| version).collect();
    assert_eq!(versions, [2, 2]);
}
