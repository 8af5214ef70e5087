using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// The page behind the code: what the person gave us, a field for each value, and room for what else is wrong or missing. Opening it
/// changes nothing; what its form sends counts once.
/// </summary>
internal sealed class CorrectOwnData(
    CaseStore cases, Contacts contacts, MailboxOwners mailboxes, MessageOwners owners, HeldData held, CorrectionRecords records, ViewLog views,
    LinkTokens tokens, AfterTheHour hour, LateCorrections late, LegalTime legal, TimeProvider time, IntentDispatcher dispatcher, ILogger<CorrectOwnData> log)
{
    private const string Route = "corrections/{token}";

    [Function(nameof(ShowOwnData))]
    [ForEverybody]
    public async Task<IResult> ShowOwnData(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (open, isLate, refusal) = await FindAsync(request, token, cancellation);
        if (open is null) return refusal!;
        if (isLate) return await hour.AnswerAsync(request, new LinkToken.Expired(open.Id), cancellation);
        if (HttpMethods.IsHead(request.Method)) return Form(token, Held.None, Submission.Fields.None, [], StatusCodes.Status200OK);
        if (await ReadAsync(open, cancellation) is not { } found) return BrokenLink.Answer(request, new LinkToken.Expired(open.Id));
        await views.AddAsync(open.Id, Actors.Subject, "own data", cancellation);
        return request.WantsJson()
            ? Results.Json(new { values = found.Values.Select(value => new { name = Corrections.NameOf(value), value.Title, value.Value, value.IsFile }) })
            : Form(token, found, Submission.Fields.None, [], StatusCodes.Status200OK);
    }

    [Function(nameof(CorrectOwnData))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var (open, isLate, refusal) = await FindAsync(request, token, cancellation);
        if (open is null) return refusal!;
        if (isLate && request.WantsJson()) return await hour.AnswerAsync(request, new LinkToken.Expired(open.Id), cancellation);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        if (await ReadAsync(open, cancellation) is not { } found) return BrokenLink.Answer(request, new LinkToken.Expired(open.Id));
        if (isLate)
        {
            if (await late.AskAsync(open.Id, token, fields, cancellation) is { } asked) return asked;
            token = late.FreshToken(open.Id);
        }

        var (entries, mistakes) = Corrections.Read(found, fields);
        if (mistakes.Count > 0)
        {
            if (request.WantsJson()) return Replies.Refused(request, StatusCodes.Status400BadRequest, Says.Incomplete, mistakes);
            await views.AddAsync(open.Id, Actors.Subject, "own data", cancellation);
            return Form(token, found, fields, mistakes, StatusCodes.Status400BadRequest);
        }

        var (sent, counts) = await SendAsync(open, entries, cancellation);
        if (!counts) return sent.Submission is { Length: > 0 } ? SentBefore(request, sent) : BrokenLink.Answer(request, new LinkToken.Expired(sent.Id));
        await dispatcher.TryDispatchAsync(client, open.Id, cancellation);
        return Replies.Done(request, StatusCodes.Status202Accepted, Received(sent), new { reference = sent.Id.Value });
    }

    // From here on it goes through, even when the browser does not wait. What was sent first counts, and of the rest nothing is kept.
    private async Task<(RectificationRequest Sent, bool Counts)> SendAsync(
        RectificationRequest open, IReadOnlyList<CorrectionEntry> entries, CancellationToken cancellation)
    {
        var now = await legal.NowAsync(cancellation);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await owners.TryNoteAsync(open, CancellationToken.None);
        var kept = await records.KeepAsync(open.Id, key, entries, CancellationToken.None);
        var sent = await cases.ExecuteAsync<RectificationRequest>(
            open.Id, "corrections", Actors.Subject, state => RectificationDecisions.Send(state, now, key, kept), [Intent.Wake],
            CancellationToken.None);
        if (sent.Submission != key) await records.ForgetAsync(open.Id, key, CancellationToken.None);
        return (sent, sent.Submission == key);
    }

    // Null where somebody else has come to have the mailbox, with whom the link came.
    private async Task<Held?> ReadAsync(RectificationRequest open, CancellationToken cancellation)
    {
        var address = (await contacts.GetAsync(open.Id, cancellation)).Address;
        try
        {
            return await mailboxes.FindAsync(address, open.Id, cancellation) is { } who ? await held.ReadAsync(open.Id, who, cancellation) : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException)
        {
            // Something of it cannot be read. Who came to have something corrected can say so all the same.
            log.LogWarning("What case {Case} is to show cannot be read: {Kind}", open.Id, broken.GetType().Name);
            return Held.Unreadable;
        }
    }

    private async Task<(RectificationRequest? Open, bool IsLate, IResult? Refusal)> FindAsync(HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Corrections, token, time.GetUtcNow());
        if (CaseOf(read) is not { } id) return (null, false, BrokenLink.Answer(request, read));
        return await cases.FindAsync(id, cancellation) switch
        {
            { Case: RectificationRequest found } when RectificationDecisions.MaySend(found, await legal.NowAsync(cancellation)) => (found, read is LinkToken.Expired, null),
            { Case: RectificationRequest { Submission.Length: > 0 } sent } when read is LinkToken.Valid => (null, false, SentBefore(request, sent)),
            _ => (null, false, BrokenLink.Answer(request, new LinkToken.Expired(id))),
        };
    }

    private static CaseId? CaseOf(LinkToken token) => token switch
    {
        LinkToken.Valid valid => valid.Case,
        LinkToken.Expired expired => expired.Case,
        _ => null,
    };

    private static RazorComponentResult<CorrectionForm> Form(
        string token, Held found, Submission.Fields fields, IReadOnlyList<Mistake> mistakes, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(CorrectionForm.Token)] = token, [nameof(CorrectionForm.Content)] = found, [nameof(CorrectionForm.Before)] = fields,
            [nameof(CorrectionForm.Mistakes)] = mistakes,
        })
        { StatusCode = status };

    private static IResult SentBefore(HttpRequest request, RectificationRequest sent) => HttpMethods.IsPost(request.Method)
        ? Replies.Refused(request, StatusCodes.Status409Conflict, Says.SentBefore.Write(("reference", sent.Id)))
        : Replies.Done(request, StatusCodes.Status200OK, Received(sent), new { reference = sent.Id.Value });

    private static Notice Received(RectificationRequest sent) => Says.Received.Write(("reference", sent.Id));

    private static CorrectionText Says => PageText.Of<CorrectionText>();
}
