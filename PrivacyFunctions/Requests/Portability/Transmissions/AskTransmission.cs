using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// The page on which a person has the package transmitted to another controller (GDPR art. 20(2)). It is open to whoever could download the package at
/// that moment: behind the mailed link and a code. The same address once more is the same transmission.
/// </summary>
internal sealed class AskTransmission(
    CaseStore cases, IEnumerable<IExportRights> rights, Contacts contacts, MessageOwners owners, TransmissionRows rows, OwedMails owed, TransmissionMails mails,
    AfterTheHour late, LinkTokens tokens, DataMapRegister map, IOptions<MailOptions> sender, LegalTime legal, TimeProvider time)
{
    [Function(nameof(ShowTransmissionForm))]
    [ForEverybody]
    public async Task<IResult> ShowTransmissionForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = TransmissionLinks.AskRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (open, refusal) = await FindAsync(request, token, cancellation);
        return open is null ? refusal! : await FormAsync(request, open, token, TypedController.None, [], StatusCodes.Status200OK, cancellation);
    }

    [Function(nameof(AskTransmission))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TransmissionLinks.AskRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (open, refusal) = await FindAsync(request, token, cancellation);
        if (open is null) return refusal!;
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        if (await contacts.FindAsync(open.Id, cancellation) is not { } person) return Over(request, open); // it is being closed

        var typed = TypedController.Of((Submission.Fields)submission);
        var (to, mistakes) = typed.Read(person.Address, Ours());
        if (to is null)
            return request.WantsJson()
                ? Replies.Refused(request, StatusCodes.Status400BadRequest, Says.Incomplete, mistakes)
                : await FormAsync(request, open, token, typed, mistakes, StatusCodes.Status400BadRequest, cancellation);
        return await TransmitAsync(request, open, token, person, to);
    }

    /// <summary>Stops a transmission, as long as the other controller has not downloaded the package.</summary>
    [Function(nameof(StopTransmission))]
    [ForEverybody]
    public async Task<IResult> StopTransmission(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TransmissionLinks.StopRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (open, refusal) = await FindAsync(request, token, cancellation);
        if (open is null) return refusal!;
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var name = ((Submission.Fields)submission)["name"];
        var back = TransmissionLinks.PathToAsk(token);
        if (open.Find(name) is null) return Replies.Refused(request, StatusCodes.Status404NotFound, Says.NoneToStop.Write(back));

        var today = legal.DateOf(await legal.NowAsync(cancellation));
        var stopped = await cases.ExecuteAsync<PortabilityRequest>(
            open.Id, $"stop-{name}", Actors.Subject, found => TransmissionDecisions.Stop(found, name, today), [], CancellationToken.None);
        return stopped.Find(name) is { StoppedOn: not null }
            ? Replies.Done(request, StatusCodes.Status200OK, Says.Stopped.Write(back), new { stopped = true })
            : Replies.Refused(request, StatusCodes.Status409Conflict, Says.TooLateToStop.Write(back));
    }

    // To whom it goes is kept first, and that a mail is owed, so that whatever sees the fact finds both. Nobody cancels it half-way.
    private async Task<IResult> TransmitAsync(HttpRequest request, PortabilityRequest open, string token, Contact person, OtherController to)
    {
        var (id, name, now) = (open.Id, TransmissionRows.NameOf(person, to.Address), await legal.NowAsync(CancellationToken.None));
        var today = legal.DateOf(now);
        if (TransmissionDecisions.WhyNot(open, name, now) is { } bar) return Barred(request, open, token, bar);
        await owners.TryNoteAsync(open, CancellationToken.None); // a later copy tells them of it, and nobody else
        await rows.KeepAsync(id, name, to, today, CancellationToken.None);
        await owed.AddAsync(id, CancellationToken.None);
        var asked = await cases.ExecuteAsync<PortabilityRequest>(
            id, $"transmit-{name}", Actors.Subject, found => TransmissionDecisions.Ask(found, name, today, now), [], CancellationToken.None);
        if (asked.Find(name) is not { } transmission)
        {
            await rows.ForgetAsync(id, name, CancellationToken.None);
            return Barred(request, asked, token, TransmissionDecisions.WhyNot(asked, name, now) ?? TransmissionBar.Over);
        }

        var back = TransmissionLinks.PathToAsk(token);
        try
        {
            return await mails.OfferAsync(asked, transmission, CancellationToken.None)
                ? Replies.Done(request, StatusCodes.Status200OK, Says.Sent.Write(back, ("email", to.Address.Value), ("company", to.Name)), new { sent = true })
                : Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, Says.NoMailbox.Write(back, ("email", to.Address.Value)));
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Done(request, StatusCodes.Status202Accepted, Says.SentLater.Write(back, ("email", to.Address.Value), ("company", to.Name)), new { sent = false });
        }
    }

    private async Task<(PortabilityRequest? Open, IResult? Refusal)> FindAsync(HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Transmission, token, time.GetUtcNow());
        if (read is not LinkToken.Valid { Case: var id }) return (null, await late.AnswerAsync(request, read, cancellation));
        return await cases.FindAsync(id, cancellation) is { Case: PortabilityRequest found } && found.OffersExport(await legal.NowAsync(cancellation))
            && await rights.AllAllowAsync(found, cancellation)
            ? (found, null)
            : (null, BrokenLink.Answer(request, new LinkToken.Expired(id)));
    }

    private IEnumerable<EmailAddress> Ours()
    {
        foreach (var address in new[] { map.Company.Officer.Email, sender.Value.From })
            if (EmailAddress.TryParse(address, out var ours)) yield return ours;
    }

    private static TransmissionText Says => PageText.Of<TransmissionText>();

    private static IResult Barred(HttpRequest request, PortabilityRequest found, string token, TransmissionBar bar) => bar switch
    {
        TransmissionBar.NoMore => Replies.Refused(
            request, StatusCodes.Status409Conflict, Says.NoMore.Write(TransmissionLinks.PathToAsk(token), ("most", TransmissionDecisions.Most), ("named", TransmissionDecisions.MostNamed))),
        TransmissionBar.Stopped => Replies.Refused(request, StatusCodes.Status409Conflict, Says.StoppedBefore.Write(TransmissionLinks.PathToAsk(token))),
        _ => Over(request, found),
    };

    private static IResult Over(HttpRequest request, PortabilityRequest found) => BrokenLink.Answer(request, new LinkToken.Expired(found.Id));

    private async Task<IResult> FormAsync(
        HttpRequest request, PortabilityRequest open, string token, TypedController typed, IReadOnlyList<Mistake> mistakes, int status, CancellationToken cancellation)
    {
        var to = await rows.OfAsync(open.Id, cancellation);
        List<NamedController> named = [.. (open.Transmissions ?? [])
            .Where(each => to.ContainsKey(each.Name))
            .Select(each => new NamedController(to[each.Name].Name, to[each.Name].Address.Value, each))];
        if (request.WantsJson())
            return Results.Json(
                new
                {
                    until = open.OfferedUntil, most = TransmissionDecisions.Most,
                    named = named.Select(each => new { each.Of.Name, each.Controller, each.Email, each.Of.AskedOn, each.Of.HandedOverOn, each.Of.StoppedOn }),
                },
                RecordJson.Options);
        return new RazorComponentResult<TransmissionForm>(new Dictionary<string, object?>
        {
            [nameof(TransmissionForm.Content)] = new TransmissionView(TransmissionLinks.PathToAsk(token), open.OfferedUntil!.Value, named, TransmissionDecisions.IsFull(open), typed, mistakes),
        })
        { StatusCode = status };
    }
}
