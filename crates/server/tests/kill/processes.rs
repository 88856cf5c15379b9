//! The processes: the sandbox, which lives on, and the server, which is killed and comes back.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::{
    fs::{File, OpenOptions},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;

const SECRET: &str = "the secret of the kill test";
const TOKEN: &str = "the token of the kill test";

/// A sandbox, a seeded installation, and the server's process.
pub(crate) struct House {
    folder: TempDir,
    listen: String,
    sandbox: String,
    database: Option<String>,
    session: String,
    numbers: Vec<Value>,
    client: Client,
    sandbox_process: Child,
    server_process: Option<Child>,
}

impl House {
    pub(crate) async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (listen, sandbox) = (free_address(), free_address());
        let mut command = program();
        command.args(["sandbox", "--listen", &sandbox, "--app-secret", SECRET, "--verify-token", TOKEN]);
        command.args(["--webhook-url", &format!("http://{listen}/webhooks/whatsapp")]);
        let sandbox_process = logged(&mut command, folder.path().join("sandbox.log")).spawn().unwrap();
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap();
        let mut house = Self {
            folder,
            listen,
            sandbox,
            database: database().await,
            session: String::new(),
            numbers: Vec::new(),
            client,
            sandbox_process,
            server_process: None,
        };
        let seeded: Value = serde_json::from_str(&house.output(&["seed", "--json"])).unwrap();
        house.output(&["generate", "--sandbox-url", &format!("http://{}/sandbox", house.sandbox)]);
        house.start().await;
        let sign_in = &seeded["sign_ins"][0];
        let input = json!({"email": sign_in["email"], "password": sign_in["password"]});
        let session = house.call("POST", "sessions", Some(&input)).await;
        session["token"].as_str().expect("the administrator signs in").clone_into(&mut house.session);
        let world = house.sandbox("GET", "world", &json!({})).await;
        house.numbers.clone_from(world["numbers"].as_array().unwrap());
        house.kill();
        house
    }

    /// Start the server, and wait until it is ready.
    pub(crate) async fn start(&mut self) {
        self.spawn();
        let started = Instant::now();
        while !self.is_ready().await {
            assert!(started.elapsed() < Duration::from_secs(30), "the server does not start");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Start the server, and do not wait for it.
    pub(crate) fn spawn(&mut self) {
        let mut command = program();
        command.arg("serve").args(self.options()).args(["--sandbox", "off"]);
        let log = self.folder.path().join("server.log");
        self.server_process = Some(logged(&mut command, log).spawn().unwrap());
    }

    /// Kill it where it stands (SIGKILL).
    pub(crate) fn kill(&mut self) {
        let mut process = self.server_process.take().expect("it runs");
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// The phones of the numbers.
    pub(crate) fn phones(&self) -> Vec<String> {
        let digits = |number: &Value| {
            let shown = number["display_phone_number"].as_str().unwrap();
            format!("+{}", shown.chars().filter(char::is_ascii_digit).collect::<String>())
        };
        self.numbers.iter().map(digits).collect()
    }

    /// A customer writes to one of the numbers.
    pub(crate) async fn write(&self, phone: &str, index: u64) {
        let number = &self.numbers[usize::try_from(index).unwrap() % self.numbers.len()];
        let body = json!({"to_number_id": number["id"], "type": "text", "text": words(index), "name": "Ana"});
        self.sandbox("POST", &format!("phones/{phone}/messages"), &body).await;
    }

    pub(crate) async fn upload(&self, csv: &str) -> Value {
        let head = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"junio.csv\"\r\n\r\n";
        let body = format!("{head}{csv}\r\n--cut--\r\n");
        let request = self.client.post(format!("http://{}/api/v1/campaigns", self.listen)).bearer_auth(&self.session);
        finish("the upload", request.header("content-type", "multipart/form-data; boundary=cut").body(body)).await
    }

    /// Call the server.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let url = format!("http://{}/api/v1/{path}", self.listen);
        let mut request = self.client.request(method.parse().unwrap(), url);
        if !self.session.is_empty() {
            request = request.bearer_auth(&self.session);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        finish(path, request).await
    }

    /// Use the sandbox's control API.
    pub(crate) async fn sandbox(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("http://{}/sandbox/api/{path}", self.sandbox);
        finish(path, self.client.request(method.parse().unwrap(), url).json(body)).await
    }

    async fn is_ready(&self) -> bool {
        let answer = self.client.get(format!("http://{}/readyz", self.listen)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    fn output(&self, arguments: &[&str]) -> String {
        let output = program().args(arguments).args(self.options()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn options(&self) -> Vec<String> {
        let data = self.folder.path().join("data");
        let mut options = vec![("--data-dir", data.to_str().unwrap()), ("--listen", &self.listen)];
        options.extend([("--whatsapp-app-secret", SECRET), ("--whatsapp-verify-token", TOKEN)]);
        if let Some(url) = &self.database {
            options.push(("--database-url", url));
        }
        options.into_iter().flat_map(|(name, value)| [name.to_owned(), value.to_owned()]).collect()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        for process in self.server_process.iter_mut().chain([&mut self.sandbox_process]) {
            // One that is gone already needs no killing.
            let _ = process.kill();
            let _ = process.wait();
        }
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default();
            let last: Vec<_> = log.lines().rev().take(40).collect();
            eprintln!("the end of the server's log:");
            last.iter().rev().for_each(|line| eprintln!("{line}"));
        }
    }
}

/// What a customer writes.
pub(crate) fn words(index: u64) -> String {
    format!("Hola, soy el cliente {index}")
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cercano"));
    // What the person who runs the tests has set for a server of their own.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CERCANO_")) {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn logged(command: &mut Command, log: PathBuf) -> &mut Command {
    let file: File = OpenOptions::new().create(true).append(true).open(log).unwrap();
    command.stdout(Stdio::null()).stderr(file)
}

fn free_address() -> String {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().to_string()
}

/// A database of its own where `CERCANO_TEST_DATABASE_URL` names a server.
async fn database() -> Option<String> {
    use db::ConnectionTrait;
    let (_, url) = std::env::vars().find(|(name, _)| name == "CERCANO_TEST_DATABASE_URL")?;
    let name = format!("cercano_kill_{}", std::process::id());
    let server = db::Db::postgres(&url, 1).await.unwrap();
    server.read().execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    server.close().await.unwrap();
    let (address, query) = url.split_once('?').unwrap_or((&url, ""));
    let (address, _) = address.rsplit_once('/').unwrap();
    Some(format!("{address}/{name}?{query}"))
}

async fn finish(what: &str, request: RequestBuilder) -> Value {
    let mut last = String::new();
    // The sandbox may still be starting.
    for _ in 0..100 {
        match request.try_clone().unwrap().send().await {
            Ok(answer) => {
                let (status, text) = (answer.status(), answer.text().await.unwrap());
                assert!(status.is_success(), "{what}: {status} {text}");
                return serde_json::from_str(&text).unwrap_or_default();
            }
            Err(error) if error.is_connect() => last = error.to_string(),
            Err(error) => panic!("{what}: {error}"),
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: {last}");
}
