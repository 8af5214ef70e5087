using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PrivacyFunctions.LocalHost.Outbox.Pages;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <param name="Folder">Where the mails are kept.</param>
/// <param name="Links">What the desk's first page offers besides the outbox.</param>
internal sealed record OutboxOptions(string Folder, IReadOnlyList<Link> Links);

/// <summary>
/// The outbox: a local stand-in for SendGrid to which the app's real SendGrid client posts, with a page per mail for people
/// and a JSON API for tests. It sends nothing anywhere. The times of mails come from the registered TimeProvider.
/// </summary>
internal static class OutboxSetup
{
    private const int MailsPerPage = 50;

    // Mails are made by the app, but shown as what they are: foreign HTML. No script runs and nothing is loaded from elsewhere.
    private const string ContentPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        + "frame-src 'self'; form-action 'self'; base-uri 'none'";

    public static IServiceCollection AddOutbox(this IServiceCollection services, OutboxOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorComponents();
        services.Configure<KeyManagementOptions>(keys =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        return services.AddSingleton(options).AddSingleton(new MailStore(options.Folder)).AddSingleton<Faults>();
    }

    public static void MapOutbox(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v3/mail/send", SendMail.HandleAsync);

        endpoints.MapPost("/api/mails/search", SearchMails.HandleAsync);
        endpoints.MapGet("/api/mails/{id:long}", (long id, MailStore store) =>
            store.Find(id) is { } mail ? Results.Ok(mail) : Results.NotFound());
        endpoints.MapDelete("/api/mails", (MailStore store) =>
        {
            store.Clear();
            return Results.NoContent();
        });
        endpoints.MapGet("/api/faults", (Faults faults) => faults.Current);
        endpoints.MapPut("/api/faults", SetFault);

        var pages = endpoints.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            return await next(context);
        });
        pages.MapGet("/", ShowIndex);
        pages.MapGet("/outbox", ShowList);
        pages.MapGet("/outbox/{id:long}", ShowMail);
        pages.MapGet("/outbox/{id:long}/attachments/{number:int}", Download);
    }

    private static IResult SetFault(Fault fault, Faults faults)
    {
        if (fault is not { Next: >= 0, Status: >= 400 and <= 599 })
            return Results.Problem("next is 0 or more, status is 400 to 599.", statusCode: StatusCodes.Status400BadRequest);
        faults.Set(fault);
        return Results.Ok(fault);
    }

    private static RazorComponentResult<IndexPage> ShowIndex(OutboxOptions options) => new(new { options.Links });

    // A page number that is none, or beyond the end, shows the nearest page there is.
    private static RazorComponentResult<MailListPage> ShowList(string? page, MailStore store)
    {
        var (_, total) = store.Newest(0, 0);
        var pages = Math.Max(1, (total + MailsPerPage - 1) / MailsPerPage);
        _ = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted);
        var shown = Math.Clamp(wanted, 1, pages);
        var (mails, _) = store.Newest((shown - 1) * MailsPerPage, MailsPerPage);
        return new(new { Mails = mails, Page = shown, Pages = pages, Total = total });
    }

    private static IResult ShowMail(long id, MailStore store) =>
        store.Find(id) is { } mail ? new RazorComponentResult<MailPage>(new { Mail = mail }) : Missing();

    private static IResult Download(long id, int number, MailStore store) =>
        store.Find(id) is { } mail && number >= 1 && number <= mail.Attachments.Count
            ? Results.File(
                mail.Attachments[number - 1].Content.ToArray(), "application/octet-stream",
                mail.Attachments[number - 1].FileName)
            : Missing();

    private static RazorComponentResult<MissingPage> Missing() => new() { StatusCode = StatusCodes.Status404NotFound };
}
