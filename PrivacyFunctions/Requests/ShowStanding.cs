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
        var (standing, today) = (Standings.Of(found), legal.DateOf(await legal.NowAsync(cancellation)));
        return Replies.Done(
            request, StatusCodes.Status200OK,
            new(TitleOf(found), [.. standing, .. AgentWords(found), .. QuestionWords(found), .. DueWords(found, today), $"Your reference: {found.Id}"])
            {
                Next = found is SubjectRequest asked && MessageDecisions.WhyNotFromPerson(asked) is null ? WriteToUs(asked, token) : null,
                Also = found is SubjectRequest open && RequestDecisions.MayBeWithdrawn(open) ? new("Withdraw this request", $"/requests/case/{token}/withdrawal", IsAside: true) : null,
            },
            new { reference = found.Id.Value, standing, answerBy = found is SubjectRequest { DueOn: { } due } && today <= due ? due : (DateOnly?)null });
    }

    private string TitleOf(Case found) =>
        kinds.Find(found.Kind) is { } kind ? $"Your request: {kind.Words.FormTitle}" : "The end of an account";

    private static NextLink WriteToUs(SubjectRequest open, string token) => new(
        open.AskedOn is null ? "Write to us about this request" : "Answer our question", $"/requests/case/{token}/message", IsAside: open.AskedOn is null);

    private static IReadOnlyList<string> AgentWords(Case found) =>
        found.IsByAgent ? TextFolder.English.Paragraphs("requests/asked-in-your-name") : [];

    private static IEnumerable<string> QuestionWords(Case found) => found.AskedOn is { } asked
        ? [$"On {TextFolder.English.Language.Write(asked)} we sent you a question about it by e-mail. We need your answer to go on."]
        : [];

    private static IEnumerable<string> DueWords(Case found, DateOnly today)
    {
        if (found is not SubjectRequest { DueOn: { } due } request) return [];
        var day = TextFolder.English.Language.Write(due);
        var why = request.EarlierReceivedOn is { } other
            ? $"we answer it together with your request of {TextFolder.English.Language.Write(other)}"
            : "a month after we got your request, or the next working day";
        return [request switch
        {
            { CanBeConfirmed: true } when today > due => $"If you confirm it, you will have our answer as soon as we can give it. It was due by {day}, and we are sorry.",
            _ when today > due => $"Our answer was due by {day}, and we are sorry. You will have it as soon as we can give it.",
            { CanBeConfirmed: true } => $"If you confirm it, you will have our answer by {day}: {why}.",
            { WithoutPauses: not null, EarlierReceivedOn: null } => $"You will have our answer by {day}. We did not count the days in which we waited for your answer to a question.",
            { Extended: not null } => $"You will have our answer by {day}. We wrote to you why it takes longer than a month.",
            _ => $"You will have our answer by {day}: {why}.",
        }];
    }

    private static Notice Question(SubjectRequest open, string token) => new(
        "Do you want to withdraw your request?",
        [
            "Press the button if you do. Then we do nothing more about it. You can ask again at any time.",
            .. Standings.WhatStaysOf(open), $"Your reference: {open.Id}",
        ])
    {
        Button = new("Yes, withdraw it", $"/requests/case/{token}/withdrawal"),
    };

    private static IResult TooLate(HttpRequest request, Case found, string token) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This cannot be withdrawn now", !found.IsClosed && !AttentionMarks.IsAtWork(found.Attention)
            ? "One of us is looking into it. Please try again later, or write to our Data Protection Officer."
            : found.IsClosed ? "It is closed." : "It is being done, or has been done already.")
    {
        Next = new("See where it stands", $"/requests/case/{token}"),
    });
}
