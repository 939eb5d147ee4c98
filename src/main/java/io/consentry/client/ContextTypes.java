package io.consentry.client;

import java.util.Set;

/** What people can be signing in for: Singpass' values of {@code authentication_context_type}, to the letter. */
public final class ContextTypes {

    /** All of them; "RECEIPIENT" is how Singpass writes it. */
    public static final Set<String> ALL = Set.of(
            "CPF_CHANGE_PAYMENT_MODE",
            "CPF_CHANGE_DAILY_WITHDRAWAL_LIMIT",
            "CPF_PROFILE_UPDATE",
            "CPF_LINK_BANK_ACCOUNT",
            "CPF_FUNDS_TRANSFER",
            "BANK_CASA_OPENING",
            "BANK_CASA_INITIAL_USAGE",
            "BANK_CARD_APPLICATION",
            "BANK_CARD_INITIAL_USAGE",
            "BANK_LOAN_APPLICATION",
            "BANK_ADD_LOCAL_RECEIPIENT",
            "BANK_ADD_OVERSEAS_RECIPIENT",
            "BANK_INCREASE_TRANSFER_LIMIT",
            "BANK_REPORT_FRAUD_SUSPICIOUS_ACTIVITY",
            "BANK_FUNDS_TRANSFER_LOCAL",
            "BANK_REMIT_MONEY_OVERSEAS",
            "BANK_REPORT_LOST_CARD",
            "BANK_CHANGE_NOTIFICATION_METHOD",
            "BANK_INCREASE_CREDIT_CARD_LIMIT",
            "BANK_REQUEST_CASH_ADVANCE",
            "BANK_INCREASE_INFLOW_OUTFLOW",
            "BANK_ACTIVATE_DORMANT_ACCOUNT",
            "BANK_LOGIN_NEW_DEVICE",
            "BANK_LOGIN_UNFAMILIAR_IP",
            "BANK_UPDATE_USER_INFORMATION",
            "BANK_NEW_DEVICE_REGISTRATION",
            "BANK_UNLOCK_MONEY_LOCK",
            "BANK_GOOGLE_PAY_APPLE_PAY_CARD_ONBOARDING",
            "FI_ACCOUNT_OPENING",
            "FI_LINK_BANK_ACCOUNT",
            "FI_INCREASE_TRANSFER_LIMIT",
            "FI_INCREASE_WITHDRAWAL_LIMIT",
            "FI_INITIATE_DEPOSIT",
            "TELCO_SIM_CARD_APPLICATION",
            "TELCO_SIM_CARD_ACTIVATION",
            "TELCO_CHANGE_ACCOUNT_DETAILS",
            "TELCO_ACTIVATE_ROAMING",
            "TELCO_CHANGE_NOTIFICATION_METHOD",
            "APP_AUTHENTICATION_DEFAULT",
            "APP_PAYMENT_DEFAULT",
            "APP_ACCOUNT_PASSWORD_CHANGE_DEFAULT",
            "APP_ACCOUNT_PASSWORD_RESET_DEFAULT",
            "APP_ACCOUNT_DETAILS_CHANGE_DEFAULT",
            "APP_ONBOARDING_DEFAULT");

    private ContextTypes() {}
}
