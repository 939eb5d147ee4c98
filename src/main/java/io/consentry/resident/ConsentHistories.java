package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.consent.ConsentRecord;
import io.consentry.consent.Decision;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.Versions;
import io.consentry.kernel.AttributeName;
import io.consentry.ledger.NoticeEntries;
import io.consentry.obligation.Duties;
import io.consentry.wording.Language;
import io.consentry.wording.Tally;
import io.consentry.wording.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Puts what became of a consent into words. */
@ApplicationScoped
class ConsentHistories {

    private final Versions versions;
    private final NoticeEntries notices;
    private final Duties duties;
    private final EventLines lines;
    private final Catalogue catalogue;
    private final Writing writing;
    private final Language language;

    ConsentHistories(
            Versions versions,
            NoticeEntries notices,
            Duties duties,
            EventLines lines,
            Catalogue catalogue,
            Writing writing,
            Language language) {
        this.versions = versions;
        this.notices = notices;
        this.duties = duties;
        this.lines = lines;
        this.catalogue = catalogue;
        this.writing = writing;
        this.language = language;
    }

    ConsentHistory of(OwnConsent own) {
        EventLines.Page newest = lines.newest(own.person(), own.grant());
        return new ConsentHistory(
                versions.of(own.grant()).stream().map(this::version).toList(),
                notices.of(own.person(), own.grant()).stream().map(this::notice).toList(),
                duties.of(own).stream().map(this::duty).toList(),
                newest.events(),
                newest.older().isPresent());
    }

    private ConsentHistory.Version version(Versions.Version version) {
        Decision decision = version.record().decision();
        Optional<ConsentRecord.Difference> difference = version.difference();
        return new ConsentHistory.Version(
                decision.generation(),
                writing.at(decision.decidedAt()),
                writing.at(decision.expiresAt()),
                Tally.of(decision.granted(), version.declined()),
                decision.generation() == 1,
                difference.map(it -> labels(it.added())).orElse(""),
                difference.map(it -> labels(it.removed())).orElse(""),
                difference.filter(ConsentRecord.Difference::longer).isPresent(),
                difference.filter(ConsentRecord.Difference::shorter).isPresent());
    }

    private ConsentHistory.Notice notice(NoticeEntries.Notice notice) {
        return new ConsentHistory.Notice(
                notice.event(),
                notice.state(),
                notice.sentAt().map(writing::at),
                notice.acknowledgedAt().map(writing::at),
                notice.refusedAt().map(writing::at));
    }

    private ConsentHistory.Duty duty(Duties.Duty duty) {
        return new ConsentHistory.Duty(
                writing.at(duty.dueAt()), duty.state(), duty.attestedAt().map(writing::at), duty.kept());
    }

    private String labels(Set<AttributeName> names) {
        return writing.list(catalogue.inOrder(names).stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map((Attribute attribute) -> attribute.label(language.locale()))
                .toList());
    }
}
