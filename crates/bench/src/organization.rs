//! A large organization: 2,000 numbers in 300 groups, listed, and reached by the manager above all of them.

use crate::{
    book::{Goal, Page, float, millis},
    lab::{Installation, Lab, Server, Store, free_address},
    read::{text, time},
    wire::Wire,
};
use anyhow::{Result, ensure};
use serde_json::Value;
use std::time::Instant;

const NUMBERS: u64 = 2_000;
const GROUPS: u64 = 300;

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("organization");
    let (_graph, graph) = lab.graph().await?;
    let mut installation = Installation::seeded(lab, store, graph).await?;
    let (numbers, groups) = (lab.much(NUMBERS), lab.much(GROUPS));
    let options = ["--numbers", &numbers.to_string(), "--groups", &groups.to_string()];
    let generated = installation.generate(lab, &options).await?;
    installation.know(generated.sign_ins);
    let (server, _) = installation.start(lab, free_address()?).await?;
    let (administrator, manager) = (server.sign_in("administrator").await?, server.sign_in("top_manager").await?);
    let mut wire = Wire::connect(server.listen).await?;

    for (who, token) in [("administrator", &administrator), ("top manager", &manager)] {
        let began = Instant::now();
        let cards = walk(&server, token, "/api/v1/numbers/cards?limit=50").await?;
        let walked = began.elapsed();
        ensure!(float_of(cards.len()) * 50.0 >= float(numbers), "the list is not whole");
        let times = time(&mut wire, token, &cards).await?;
        page.times(&format!("{numbers} numbers, a page of 50, {who}"), Goal::None, Goal::AtMost(50.0), &times);
        page.note(format!("{numbers} numbers, all pages, {who}"), "s", Goal::None, walked.as_secs_f64());
        let listed = walk(&server, token, "/api/v1/groups?limit=200").await?;
        let times = time(&mut wire, token, &listed).await?;
        page.times(&format!("{groups} groups, a page of 200, {who}"), Goal::None, Goal::AtMost(50.0), &times);
        for (name, path) in [
            ("number selector, first page", "/api/v1/numbers?limit=50"),
            ("number selector, groups", "/api/v1/numbers/groups"),
        ] {
            let times = time(&mut wire, token, &[path.to_owned()]).await?;
            page.times(&format!("{name}, {who}"), Goal::None, Goal::AtMost(50.0), &times);
        }
    }

    let me = ["/api/v1/me".to_owned()];
    let without = time(&mut wire, &administrator, &me).await?;
    let with = time(&mut wire, &manager, &me).await?;
    for (name, quantile) in [("p50", 0.5), ("p99", 0.99)] {
        let difference = millis(with.value_at_quantile(quantile)) - millis(without.value_at_quantile(quantile));
        page.note(format!("reach of the manager of {groups} groups, {name}"), "ms", Goal::AtMost(5.0), difference);
    }
    Ok(page)
}

/// The path of every page of a list.
async fn walk(server: &Server, token: &str, first: &str) -> Result<Vec<String>> {
    let mut paths = vec![first.to_owned()];
    let mut listed = server.get(token, first).await?;
    while listed.get("next_cursor").is_some_and(Value::is_string) {
        let next = format!("{first}&cursor={}", text(&listed, "/next_cursor")?);
        listed = server.get(token, &next).await?;
        paths.push(next);
    }
    Ok(paths)
}

fn float_of(count: usize) -> f64 {
    float(u64::try_from(count).unwrap_or(u64::MAX))
}
