//! Chatbots: the settings of one number or of many (spec S3).
