package io.consentry.developer;

import java.util.List;

/** What the API page shows of the OpenAPI document. */
record ApiReference(String title, String description, List<Section> sections) {

    /** Operations under one tag. */
    record Section(String id, String name, String description, List<Operation> operations) {}

    /** One method of one address. */
    record Operation(
            String verb,
            String path,
            String summary,
            String description,
            List<Field> parameters,
            List<Field> body,
            List<Answer> answers,
            List<String> needs) {}

    /** A parameter, or a member of a body. */
    record Field(String name, String where, String description, boolean required) {}

    /** A status and when it comes. */
    record Answer(String status, String description) {}
}
