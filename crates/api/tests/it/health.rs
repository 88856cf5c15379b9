//! Whether the server says how it is.

use crate::test_app::TestApp;
use types::Method;

#[actix_web::test]
async fn a_started_server_is_alive_ready_and_tells_its_figures() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        let answer = app.stranger().raw(Method::Get, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }
}

#[actix_web::test]
async fn the_embedded_sqlite_has_the_write_ahead_log_fix() {
    let app = TestApp::start().await;
    if app.app.db.is_sqlite() {
        let version = app.app.db.sqlite_version().await.unwrap();
        let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
        assert!(parts >= vec![3, 51, 3], "{version}");
    }
}

#[actix_web::test]
async fn a_path_that_does_not_exist_is_a_problem_in_the_callers_language() {
    let app = TestApp::start().await;
    for (language, title) in [("pt-BR", "Não existe"), ("en", "Not found"), ("fr", "No existe")] {
        let request = app.stranger().raw(Method::Get, "/api/v1/nothing").header("Accept-Language", language);
        let answer = request.header("X-Request-Id", "my-own-id").send().await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.headers()["x-request-id"], "my-own-id");
        let problem: types::Problem = answer.json().await.unwrap();
        assert_eq!((problem.title.as_str(), problem.instance.as_str()), (title, "my-own-id"));
    }
}
