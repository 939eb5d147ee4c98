package io.consentry.bank;

import io.consentry.bank.BankVisit.Filling;
import io.consentry.kernel.Settings;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** The bank's pages as answers. */
@ApplicationScoped
class BankPages {

    private final BankSite site;
    private final BankViews views;
    private final String myConsents;

    BankPages(BankSite site, BankViews views, Settings settings) {
        this.site = site;
        this.views = views;
        this.myConsents = settings.baseUrl() + "/me";
    }

    @CheckedTemplate(basePath = "bank")
    static class Templates {

        private Templates() {}

        static native TemplateInstance offer();

        static native TemplateInstance trouble(BankTrouble trouble);

        static native TemplateInstance form(BankView form);

        static native TemplateInstance done(BankSummary summary, List<BankOperator> operators, String consentry);
    }

    Response offer() {
        return page(200, Templates.offer());
    }

    Response trouble(BankTrouble trouble) {
        return page(trouble.status(), Templates.trouble(trouble));
    }

    Response form(Filling visit, BankChecks checks, BankNotice notice, NewCookie... cookies) {
        return page(200, Templates.form(views.of(visit, checks, notice)), cookies);
    }

    Response done(BankSummary summary) {
        return page(200, Templates.done(summary, Arrays.asList(BankOperator.values()), myConsents));
    }

    static Response to(URI next) {
        return Response.seeOther(next).build();
    }

    private Response page(int status, TemplateInstance template, NewCookie... cookies) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", site.contentPolicy())
                .cookie(cookies)
                .entity(template.render())
                .build();
    }
}
