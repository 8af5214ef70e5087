using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// The page behind the link that each of our mails carries: how the case stands, by when an answer is due and what comes next; and the
/// button by which a person withdraws a request of which nothing was done yet. It shows nothing of the person.
/// </summary>
internal sealed class ShowStanding(CaseStore cases, RequestKinds kinds, CaseLinks links, LegalTime legal, IntentDispatcher dispatcher)
{
    /// <summary>Where the page is.</summary>
    public const string Route = "requests/case/{token}";

    [Function(nameof(ShowStanding))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (found, refusal) = await links.FindAsync(request, token, cancellation);
        return found is null ? refusal! : await ShownAsync(request, found, token, cancellation);
    }

    [Function(nameof(ShowWithdrawal))]
    [ForEverybody]
    public async Task<IResult> ShowWithdrawal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = $"{Route}/withdrawal")] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (found, refusal) = await links.FindAsync(request, token, cancellation);
        return found switch
        {
            null => refusal!,
            SubjectRequest open when RequestDecisions.MayBeWithdrawn(open) => Replies.Done(request, StatusCodes.Status200OK, Question(open, token), new { withdrawBy = "POST" }),
            _ => TooLate(request, found, token),
        };
    }

    [Function(nameof(WithdrawRequest))]
    [ForEverybody]
    public async Task<IResult> WithdrawRequest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{Route}/withdrawal")] HttpRequest request,
        string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (found, refusal) = await links.FindAsync(request, token, cancellation);
        if (found is null) return refusal!;
        if (found is not SubjectRequest) return TooLate(request, found, token);
        var withdrawn = await cases.ExecuteAsync<SubjectRequest>(
            found.Id, "withdraw", Actors.Subject, RequestDecisions.Withdraw, [Intent.Wake], cancellation);
        if (withdrawn.Outcome != CaseOutcome.Withdrawn) return TooLate(request, withdrawn, token);
        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return await ShownAsync(request, withdrawn, token, cancellation);
    }

    private async Task<IResult> ShownAsync(HttpRequest request, Case found, string token, CancellationToken cancellation)
    {
        var trace = CaseTrace.Of(await cases.AuditAsync(found.Id, cancellation), legal);
        var today = legal.DateOf(await legal.NowAsync(cancellation));
        var due = found is SubjectRequest { DueOn: not null } owed ? MessageDecisions.DueOn(owed, new(today, legal.ClockStartsOn(owed), legal.Calendars)) : (DateOnly?)null;
        var standing = trace.Offer(found) is { } offer ? [offer] : Standings.Of(found, kinds.Find(found.Kind)?.Words);
        return Replies.Done(
            request, StatusCodes.Status200OK,
            new(TitleOf(found), [.. standing, .. trace.Words(found), .. AgentWords(found), .. QuestionWords(found), .. DueWords(found, due, today), Says.Reference.Write(("reference", found.Id))])
            {
                Next = found is SubjectRequest asked && MessageDecisions.WhyNotFromPerson(asked) is null ? WriteToUs(asked, token) : null,
                Also = found is SubjectRequest open && RequestDecisions.MayBeWithdrawn(open) ? new(Says.Withdraw, $"/requests/case/{token}/withdrawal", IsAside: true) : null,
            },
            new { reference = found.Id.Value, standing, answerBy = today <= due ? due : null });
    }

    private string TitleOf(Case found) =>
        kinds.Find(found.Kind) is { } kind ? Says.Title.Write(("kind", kind.Words.FormTitle)) : Says.OfAccount;

    private static NextLink WriteToUs(SubjectRequest open, string token) => new(
        open.AskedOn is null ? Says.Write : Says.Answer, $"/requests/case/{token}/message", IsAside: open.AskedOn is null);

    private static IReadOnlyList<string> AgentWords(Case found) =>
        found.IsByAgent ? TextFolder.English.Paragraphs("requests/asked-in-your-name") : [];

    private static IEnumerable<string> QuestionWords(Case found) => found.AskedOn is { } asked
        ? [Says.Asked.Write(("day", asked))]
        : [];

    private static IEnumerable<string> DueWords(Case found, DateOnly? dueOn, DateOnly today)
    {
        if (found is not SubjectRequest request || dueOn is not { } due) return [];
        var other = (object?)request.EarlierReceivedOn ?? false;
        return [request switch
        {
            { CanBeConfirmed: true } when today > due => Says.LateUnconfirmed.Write(("day", due)),
            _ when today > due => Says.Late.Write(("day", due)),
            { CanBeConfirmed: true } => Says.DueIfConfirmed.Write(("day", due), ("other", other)),
            _ when due != request.Due.On => Says.DueIfAnswered.Write(("day", due)),
            { WithoutPauses: not null, EarlierReceivedOn: null } => Says.DueAfterPause.Write(("day", due)),
            { Extended: not null } => Says.DueLater.Write(("day", due)),
            _ => Says.Due.Write(("day", due), ("other", other)),
        }];
    }

    private static Notice Question(SubjectRequest open, string token) => new(
        Says.WithdrawTitle,
        [
            Says.WithdrawWords, .. Standings.WhatStaysOf(open), Says.Reference.Write(("reference", open.Id)),
        ])
    {
        Button = new(Says.WithdrawYes, $"/requests/case/{token}/withdrawal"),
    };

    private static IResult TooLate(HttpRequest request, Case found, string token) => Replies.Refused(
        request, StatusCodes.Status409Conflict, Says.TooLate.Write($"/requests/case/{token}", ("why", WhyTooLate(found))));

    private static string WhyTooLate(Case found) =>
        found.IsClosed ? Says.IsClosed : AttentionMarks.IsAtWork(found.Attention) ? Says.IsBeingDone : Says.IsLookedInto;

    private static StandingText Says => PageText.Of<StandingText>();
}
