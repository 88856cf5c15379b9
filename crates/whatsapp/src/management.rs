//! The calls about accounts and numbers themselves: subscription, verification, registration, business profile.

use reqwest::{Method, Response, header::CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::client::{Client, GraphEndpoint, SendError, WebhookOverride, answered, lost, refusal};

/// A WABA as Graph describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct WabaInfo {
    pub id: String,
    #[serde(default)]
    pub name: String,
}

/// An app that gets a WABA's webhooks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscribedApp {
    pub id: String,
    /// Where they go instead of the app's own address.
    pub override_callback_uri: Option<String>,
}

/// How a code gets to the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMethod {
    Sms,
    Voice,
}

/// A template WhatsApp was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct CreatedTemplate {
    pub id: String,
    /// PENDING mostly; WhatsApp may approve or refuse at once.
    #[serde(default = "pending")]
    pub status: String,
    /// WhatsApp may put it into another category than was asked for.
    #[serde(default)]
    pub category: String,
}

fn pending() -> String {
    "PENDING".to_owned()
}

/// A template to be asked for.
#[derive(Clone, Copy, Debug)]
pub struct WantedTemplate<'a> {
    pub name: &'a str,
    /// As Meta writes it, such as `es` or `pt_BR`.
    pub language: &'a str,
    /// MARKETING, UTILITY or AUTHENTICATION.
    pub category: &'a str,
    /// As Graph lists them.
    pub components: &'a Value,
}

/// The business profile customers see. Graph leaves out what was never set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessProfile {
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub websites: Vec<String>,
    #[serde(default)]
    pub vertical: String,
    /// Where the picture can be had for some time, without the token.
    #[serde(default)]
    pub profile_picture_url: Option<String>,
}

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// As the server says it; empty when it says nothing.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

const PROFILE_FIELDS: &str = "about,address,description,email,websites,vertical,profile_picture_url";

impl Client {
    /// A WABA by its id: shows that it is there and that the token reaches it.
    pub async fn get_waba(&self, endpoint: &GraphEndpoint, token: &str, waba_id: &str) -> Result<WabaInfo, SendError> {
        let request = self.request(Method::GET, endpoint, token, &[waba_id])?;
        answered(request.query(&[("fields", "id,name")])).await
    }

    /// Adds a number to a WABA and answers its id; it is to be verified and registered before it can send.
    ///
    /// # Errors
    /// See [`SendError`]. After `Unknown` the number may be there: look with [`Self::list_phone_numbers`] before trying
    /// again.
    pub async fn add_phone_number(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
        country_code: &str,
        phone: &str,
        verified_name: &str,
    ) -> Result<String, SendError> {
        let request = self.request(Method::POST, endpoint, token, &[waba_id, "phone_numbers"])?;
        // Meta's pages disagree about the name of the country's code, and Graph ignores what it does not know.
        let body = json!({
            "cc": country_code, "country_code": country_code, "phone_number": phone, "verified_name": verified_name,
        });
        let added: Added = answered(request.json(&body)).await?;
        Ok(added.id)
    }

    /// Asks Graph to send this WABA's webhooks to our app; without it a verified webhook stays silent.
    pub async fn subscribe_app(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
        instead: Option<&WebhookOverride>,
    ) -> Result<(), SendError> {
        let mut request = self.request(Method::POST, endpoint, token, &[waba_id, "subscribed_apps"])?;
        if let Some(WebhookOverride { callback_uri, verify_token }) = instead {
            request = request.json(&json!({ "override_callback_uri": callback_uri, "verify_token": verify_token }));
        }
        answered::<Value>(request).await.map(drop)
    }

    /// Asks for a template; WhatsApp reviews it before it can be sent.
    ///
    /// # Errors
    /// See [`SendError`]. After `Unknown` the template may be there: asking again is then refused, as it exists.
    pub async fn create_template(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
        wanted: &WantedTemplate<'_>,
    ) -> Result<CreatedTemplate, SendError> {
        let WantedTemplate { name, language, category, components } = wanted;
        let request = self.request(Method::POST, endpoint, token, &[waba_id, "message_templates"])?;
        let body = json!({ "name": name, "language": language, "category": category, "components": components });
        answered(request.json(&body)).await
    }

    /// Ends the subscription of our app.
    pub async fn unsubscribe_app(&self, endpoint: &GraphEndpoint, token: &str, waba_id: &str) -> Result<(), SendError> {
        let request = self.request(Method::DELETE, endpoint, token, &[waba_id, "subscribed_apps"])?;
        answered::<Value>(request).await.map(drop)
    }

    /// The apps that get a WABA's webhooks.
    pub async fn list_subscribed_apps(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
    ) -> Result<Vec<SubscribedApp>, SendError> {
        let request = self.request(Method::GET, endpoint, token, &[waba_id, "subscribed_apps"])?;
        let list: List<Subscription> = answered(request).await?;
        let apps = list
            .data
            .into_iter()
            .map(|Subscription { app, override_callback_uri }| SubscribedApp { id: app.id, override_callback_uri });
        Ok(apps.collect())
    }

    /// Has a code sent to a number. `language` is one of Meta's, such as `es` or `pt_BR`.
    ///
    /// Meta's pages disagree about where the parameters go and how a language is written: they go in both places.
    pub async fn request_code(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        method: CodeMethod,
        language: &str,
    ) -> Result<(), SendError> {
        let code_method = match method {
            CodeMethod::Sms => "SMS",
            CodeMethod::Voice => "VOICE",
        };
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "request_code"])?;
        let request = request.query(&[("code_method", code_method), ("language", language)]);
        done(request.json(&json!({ "code_method": code_method, "language": language }))).await
    }

    /// Tells Graph the code a number has got: six digits.
    pub async fn verify_code(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        code: &str,
    ) -> Result<(), SendError> {
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "verify_code"])?;
        // A code is not put in the address, where servers on the way write it down.
        done(request.json(&json!({ "code": code }))).await
    }

    /// Registers a verified number: from then on it can send. The PIN has six digits.
    pub async fn register(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        pin: &str,
    ) -> Result<(), SendError> {
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "register"])?;
        done(request.json(&json!({ "messaging_product": "whatsapp", "pin": pin }))).await
    }

    /// The business profile of a number.
    pub async fn get_business_profile(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
    ) -> Result<BusinessProfile, SendError> {
        let request = self.request(Method::GET, endpoint, token, &[phone_number_id, "whatsapp_business_profile"])?;
        let list: List<BusinessProfile> = answered(request.query(&[("fields", PROFILE_FIELDS)])).await?;
        Ok(list.data.into_iter().next().unwrap_or_default())
    }

    /// Changes the given fields of a business profile; the others stay.
    pub async fn update_business_profile(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        fields: Map<String, Value>,
    ) -> Result<(), SendError> {
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "whatsapp_business_profile"])?;
        let mut body = fields;
        body.insert("messaging_product".into(), Value::from("whatsapp"));
        done(request.json(&body)).await
    }

    /// Uploads a file in Meta's two steps and answers the handle other calls name it by.
    pub async fn upload(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        app_id: &str,
        file_name: &str,
        file_type: &str,
        bytes: Vec<u8>,
    ) -> Result<String, SendError> {
        let length = bytes.len().to_string();
        let request = self.request(Method::POST, endpoint, token, &[app_id, "uploads"])?;
        let request = request.query(&[("file_name", file_name), ("file_length", &length), ("file_type", file_type)]);
        let session: Added = answered(request).await?;
        // The second step wants the token in another scheme, and the session's id as it is, with its colon and query.
        let (path, query) = session.id.split_once('?').unwrap_or((&session.id, ""));
        if !path.starts_with("upload:") {
            return Err(SendError::Unknown("the answer names no upload".into()));
        }
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let request = self.bare(Method::POST, endpoint, &[path])?.query(&pairs);
        let request = request.header("authorization", format!("OAuth {token}")).header("file_offset", "0");
        let handle: Handle = answered(request.header(CONTENT_TYPE, file_type).body(bytes)).await?;
        Ok(handle.h)
    }

    /// A file by its address, without our token; refused when it is larger than `most` bytes.
    pub async fn download(&self, url: &str, most: usize) -> Result<Download, SendError> {
        let url = reqwest::Url::parse(url).map_err(|error| SendError::NotSent(error.to_string()))?;
        let mut response = self.http_client().get(url).send().await.map_err(lost)?;
        if !response.status().is_success() {
            return Err(refusal(response).await.into());
        }
        let content_type = content_type(&response);
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if bytes.len() + chunk.len() > most {
                return Err(SendError::Unknown("the file is too large".into()));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Download { content_type, bytes })
    }
}

#[derive(Deserialize)]
struct Added {
    id: String,
}

#[derive(Deserialize)]
struct Handle {
    h: String,
}

#[derive(Deserialize)]
struct List<T> {
    data: Vec<T>,
}

#[derive(Deserialize)]
struct Subscription {
    #[serde(rename = "whatsapp_business_api_data")]
    app: SubscriptionApp,
    override_callback_uri: Option<String>,
}

#[derive(Deserialize)]
struct SubscriptionApp {
    id: String,
}

/// `{"success": true}`; an answer that says anything else did not do it.
async fn done(request: reqwest::RequestBuilder) -> Result<(), SendError> {
    #[derive(Deserialize)]
    struct Done {
        #[serde(default)]
        success: Option<bool>,
    }
    match answered::<Done>(request).await?.success {
        Some(true) | None => Ok(()),
        Some(false) => Err(SendError::Unknown("the answer says that it did not succeed".into())),
    }
}

fn content_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.to_owned()
}
