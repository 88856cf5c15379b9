//! Ausencia del agente: the absence of one number, by itself (spec A1).
