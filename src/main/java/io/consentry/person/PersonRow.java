package io.consentry.person;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "person")
class PersonRow {

    @Id
    UUID id;

    @Column
    byte[] lookup;

    @Column(name = "sealed_id")
    byte[] sealedId;

    @Column(name = "created_at")
    Instant createdAt;
}
