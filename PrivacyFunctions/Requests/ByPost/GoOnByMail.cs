using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>
/// An operator has found the mailbox of a request that would be answered by post: it goes on there as an ordinary request, which came by the same way on
/// the same day (L1). That one is entered first, by a key of this case, so that a repetition finds it; then this one ends with its reference. The first
/// mailbox stands. An extension stays behind: the person was told of it by letter, and the ordinary request is due within its month.
/// </summary>
internal sealed class GoOnByMail(CaseStore cases, Contacts contacts, RequestKinds kinds, Reception reception, LegalTime time, IntentDispatcher dispatcher)
{
    [Function(nameof(GoOnByMail))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("email", "The address that the person gave meanwhile, to which our answers go.")]
    [Takes("emailAgain", "The same address once more: at a wrong one a stranger would be asked, and the letter's author would hear nothing.")]
    [Takes("agent", "The address of whoever asks in the person's name, where the form has it.", IsOptional = true)]
    [Takes("ground", "The ground that they give, where the form asks for one.", IsOptional = true)]
    [Takes("text", "What they say in their own words, where the form asks for it.", IsOptional = true)]
    [Takes("about", "The reference of the request that a complaint is about.", IsOptional = true)]
    [Answers<GoesOn>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/mailbox")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        List<Mistake> mistakes = [.. fields.MistakesBeyond(TakenFields.Of(request))];
        if (mistakes.Count > 0) return Replies.Refused(request, StatusCodes.Status400BadRequest, Entries.Incomplete, mistakes);
        if (await cases.FindAsync<PostalRequest>(id, cancellation) is not { } found || kinds.Find(found.Right) is not { } kind) return NoSuch.Request(request);
        mistakes.AddRange(fields.MistakesBeyond(["email", "emailAgain", .. Entries.OfTheForm(kind)]));
        var (now, by) = (await time.NowAsync(cancellation), request.Caller().Id);
        var asked = AskedRequest.Read(kind, fields, new(found.Channel!, time.ReceivedOn(found), now) { Actor = by }, out var ofTheForm)
            with { Country = kind.AsksWhere ? found.LivesIn : null };
        mistakes.AddRange(ofTheForm);
        if (!EmailAddress.TryParse(fields["emailAgain"], out var again) || again != asked.Address)
            mistakes.Add(new("emailAgain", "Give the same address once more. The two are not the same."));
        if (mistakes.Count > 0) return Replies.Refused(request, StatusCodes.Status400BadRequest, Entries.Incomplete, mistakes);
        if (found.GoesOnAs is { } before)
            return await contacts.FindAsync(before, cancellation) is { } contact && contact.Address != asked.Address
                ? Over(request)
                : Shown(found, await cases.GetAsync<SubjectRequest>(before, cancellation));
        if (!PostalDecisions.IsOpen(found)) return Over(request);

        var (stored, _) = await reception.TakeAsync(kind, $"post {found.Id}", asked, client, cancellation);
        if (stored is { IsClosed: true, Outcome: CaseOutcome.NotIdentified }) return NobodyConfirmed(request, stored.Id);
        var ended = await cases.ExecuteAsync<PostalRequest>(
            found.Id, "go-on-by-mail", by, state => PostalDecisions.GoOn(state, stored.Id, by), [Intent.Wake], CancellationToken.None);
        if (ended.GoesOnAs != stored.Id)
        {
            // Another operator was first: nobody is asked and answered once more.
            await cases.ExecuteAsync<SubjectRequest>(
                stored.Id, "answered-by-post", by, state => RequestDecisions.Join(state, found.Id), [Intent.Wake], CancellationToken.None);
            await dispatcher.TryDispatchAsync(client, stored.Id, cancellation);
            return Over(request);
        }

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Shown(found, stored);
    }

    private IResult Shown(PostalRequest found, SubjectRequest goesOn) =>
        Results.Json(new GoesOn(found.Id, goesOn.Id, time.ReceivedOn(goesOn), goesOn.Due.On), RecordJson.Options);

    // An attempt broke off before this case ended with it, and the letter is still to be answered.
    private static IResult NobodyConfirmed(HttpRequest request, CaseId ended) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "Nobody confirmed at that address", $"The request {ended} was begun for it and has ended, because nobody confirmed it in time. Answer this one by post, or give another address."));

    private static IResult Over(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This request has ended", "It was answered by post, or goes on under another address. Look at its case."));

    /// <summary>What it goes on as, with the same day of receipt.</summary>
    private sealed record GoesOn(CaseId Reference, CaseId GoesOnAs, DateOnly ReceivedOn, DateOnly DueOn);
}
