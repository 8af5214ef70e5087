using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Takes in a request, from its form or as JSON. It looks nothing up: known and unknown people get the same answer,
/// and whether there is data is told to a proven mailbox only. A repeated submission is the same case.
/// </summary>
internal sealed class ReceiveRequest(
    CaseStore cases, NewCases newCases, RequestKinds kinds, IEnumerable<IHonouredOnReceipt> onReceipt, People people, Admission admission,
    LegalTime time, IntentDispatcher dispatcher)
{
    private const string NoAddress = "Enter an e-mail address like name@example.com.";

    private static readonly TimeSpan OneClickAndTheNext = TimeSpan.FromHours(1);

    [Function(nameof(ReceiveRequest))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ShowRequestForm.Route)] HttpRequest request, string right,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind)) return ShowRequestForm.NoSuchForm(request);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        var key = SubmissionKey.Of(request, fields);
        var mistakes = new List<Mistake>();
        if (!EmailAddress.TryParse(fields["email"], out var address)) mistakes.Add(new("email", NoAddress));
        var residence = Residence.Elsewhere; // only those are asked who wait for an answer
        if (kind.AsksForProof && !Residences.TryRead(fields["residence"], out residence))
            mistakes.Add(new("residence", Residences.Mistake));
        var ground = fields["ground"] is { Length: > 0 } given ? given : null;
        if (kind.Grounds.Count > 0 && (ground is null || !kind.Grounds.Contains(ground)))
            mistakes.Add(new("ground", kind.Words.Ground!.Missing));
        if (mistakes.Count > 0)
            return request.WantsJson()
                ? Replies.Refused(request, StatusCodes.Status400BadRequest, "The request is not complete", mistakes)
                : ShowRequestForm.Form(kind, key, fields, mistakes, StatusCodes.Status400BadRequest);

        var asked = new Asked(
            address, residence, kind.Grounds.Count > 0 ? ground : null, request.WantsJson() ? "api" : "form", await time.NowAsync(cancellation));
        var taking = TakeInAsync(kind, key, asked, cancellation);
        await Task.WhenAll(
            onReceipt.Where(each => each.Kind == kind.Kind).Select(each => each.HonourAsync(address, asked.At, cancellation)).Append(taking));
        var (stored, isNew) = await taking;
        if (!stored.IsClosed)
            await (isNew ? dispatcher.TryStartAsync(client, stored, cancellation) : dispatcher.TryDispatchAsync(client, stored.Id, cancellation));

        var notice = Received(kind, stored.Id);
        return Replies.Done(request, StatusCodes.Status202Accepted, notice, new Receipt(stored.Id.Value, notice.Words[0]));
    }

    // A repeated submission is the same case, unless that one is over: then it is a new request, and gets a case of its own. Somebody who
    // says now where they live, or gives another ground, asks for something else.
    private async Task<(SubjectRequest Stored, bool IsNew)> TakeInAsync(
        RequestKind kind, string submission, Asked asked, CancellationToken cancellation)
    {
        var first = string.Join(' ', [submission, .. asked.Said]);
        for (var key = first; ;)
        {
            var id = people.CaseOf(kind.Kind, key, asked.Address);
            var (stored, isNew) = await StoreAsync(kind, id, asked, cancellation);
            if (stored is not { IsClosed: true, Outcome: not CaseOutcome.AnsweredByAnotherCase } || IsASecondClick(kind, stored, asked))
                return (stored, isNew);
            // A program that always sends the same key looks through those of one day only.
            key = key == first ? string.Create(CultureInfo.InvariantCulture, $"{id} {asked.At:yyyyMMdd}") : id.Value;
        }
    }

    // What is done at once is over before a second click comes.
    private static bool IsASecondClick(RequestKind kind, SubjectRequest stored, Asked asked) =>
        !kind.AsksForProof && stored.ReceivedAt > asked.At - OneClickAndTheNext;

    private async Task<(SubjectRequest Stored, bool IsNew)> StoreAsync(
        RequestKind kind, CaseId id, Asked asked, CancellationToken cancellation)
    {
        var now = asked.At;
        var plan = await time.PlanAsync(cancellation);
        var admitted = await admission.ReceiveAsync(kind.Kind, asked.Address, new(id), now, cancellation);
        if (admitted is Admitted.Known { Stored: SubjectRequest known }) return (known, false);

        // From the place on it goes through, even when the browser does not wait: a place without a case is in others' way.
        // What joins an open case leaves nothing behind but the proof that it was received: no address, no workflow, no mail.
        var (received, fact) = Receive(Contact.Of(asked.Address));
        return admitted is Admitted.Joins { Other: var other }
            ? (await cases.CreateAsync(received, [fact, new CaseFact.LinkedToOpenCase(other)], Actors.Subject, CancellationToken.None), true)
            : (await newCases.StoreAsync(asked.Address, received, of => [Receive(of).Fact], Actors.Subject), true);

        (SubjectRequest Request, CaseFact Fact) Receive(Contact of) => RequestDecisions.Receive(
            kind.New, id, plan, now, time.DateOf(now), asked.Residence, time.Calendars, asked.Channel, of.Commitment, asked.Ground);
    }

    private static Notice Received(RequestKind kind, CaseId id) => new(
        kind.AsksForProof ? "Check your inbox" : "We have your request", [.. kind.Received, $"Your reference: {id}"])
    {
        Next = new("Start a new request", kind.Path),
    };

    /// <summary>What somebody asks for; <paramref name="At"/> is legal time, UTC.</summary>
    private sealed record Asked(EmailAddress Address, Residence Residence, string? Ground, string Channel, DateTimeOffset At)
    {
        /// <summary>What they said of themselves.</summary>
        public IEnumerable<string> Said => new[] { Residence is Residence.Elsewhere ? null : $"{Residence}", Ground }.OfType<string>();
    }

    /// <summary>The answer to a program.</summary>
    private sealed record Receipt(string Reference, string Message);
}
