using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Takes in an owner's wish to end an account, from the form or as JSON. It looks nothing up: whether the account exists and
/// whose it is, is told to a proven mailbox only. A repeated submission is the same case.
/// </summary>
internal sealed class ReceiveTermination(
    CaseStore cases, NewCases newCases, People people, Admission admission, LegalTime time, IntentDispatcher dispatcher,
    DataMapRegister map, IOptions<PolicyOptions> policy)
{
    /// <summary>Where the form is by which its owner ends an account.</summary>
    public const string Path = $"/{Route}";

    private const string Route = "accounts/end";

    [Function(nameof(ShowTerminationForm))]
    [ForEverybody]
    public IResult ShowTerminationForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request) =>
        map.Accounts is null
            ? NotOffered(request)
            : Form(new Submission.Fields(new Dictionary<string, string> { ["submission"] = Guid.NewGuid().ToString("N") }), [], 200);

    [Function(nameof(ReceiveTermination))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (map.Accounts is null) return NotOffered(request);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        var fields = (Submission.Fields)submission;
        var mistakes = new List<Mistake>();
        if (!EmailAddress.TryParse(fields["email"], out var address)) mistakes.Add(new("email", Says.NoAddress));
        if (!map.TryReadAccount(fields["account"], out var account)) mistakes.Add(new("account", Says.NoAccount));
        if (mistakes.Count > 0) return Incomplete(request, fields, mistakes);

        var (id, stored, isNew) = await TakeInAsync(request, fields, address, account, cancellation);
        if (stored is { IsClosed: false })
            await (isNew ? dispatcher.TryStartAsync(client, stored, cancellation) : dispatcher.TryDispatchAsync(client, id, cancellation));
        var notice = Received(id, map.Company.Officer.Email);
        return Replies.Done(request, 202, notice, new { reference = id.Value, message = string.Join(' ', notice.Words.SkipLast(1)) });
    }

    // A repeated submission is the same case, unless that one is over: then it is a new one.
    private async Task<(CaseId Id, Termination? Stored, bool IsNew)> TakeInAsync(
        HttpRequest request, Submission.Fields fields, EmailAddress address, AccountId account, CancellationToken cancellation)
    {
        var channel = request.WantsJson() ? "api" : "form";
        var key = $"{account}\n{SubmissionKey.Of(request, fields)}";
        while (true)
        {
            var id = people.CaseOf(CaseKind.Termination, key, address);
            var (stored, isNew) = await StoreAsync(id, address, account, channel, cancellation);
            if (stored is not { IsClosed: true, Outcome: not CaseOutcome.AnsweredByAnotherCase }) return (id, stored, isNew);
            key = id.Value;
        }
    }

    // Null when the mailbox has no place for days: the answer, which is the same for everybody, says what to do then. The same
    // submission gets a place as soon as there is one.
    private async Task<(Termination? Stored, bool IsNew)> StoreAsync(
        CaseId id, EmailAddress address, AccountId account, string channel, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var asked = TerminationDecisions.Receive(id, account, TerminationBy.Owner, await time.TerminationPlanAsync(cancellation), now);
        switch (await admission.ReceiveAsync(CaseKind.Termination, address, new(id, account), now, cancellation))
        {
            case Admitted.Known { Stored: Termination known }:
                return (known, false);
            case Admitted.TurnedAway:
                return (null, false);
            case Admitted.Joins { Other: var other }:
                CaseFact[] facts =
                    [Requested(Contact.Of(address)), new CaseFact.LinkedToOpenCase(other), new CaseFact.Closed(CaseOutcome.AnsweredByAnotherCase)];
                return (await cases.CreateAsync(asked, facts, Actors.Subject, CancellationToken.None), true);
        }

        // From the place on it goes through, even when the browser does not wait: a place without a case is in others' way.
        return (await newCases.StoreAsync(address, asked, of => [Requested(of)], Actors.Subject), true);

        TerminationFact.TerminationRequested Requested(Contact of) => new(TerminationBy.Owner, account, channel, of.Commitment);
    }

    private IResult NotOffered(HttpRequest request) =>
        Replies.Refused(request, StatusCodes.Status404NotFound, Says.NotOffered.Write("/", ("company", map.Company.Name)));

    private IResult Incomplete(HttpRequest request, Submission.Fields fields, IReadOnlyList<Mistake> mistakes) =>
        request.WantsJson()
            ? Replies.Refused(request, 400, Says.Incomplete, mistakes)
            : Form(fields, mistakes, 400);

    private RazorComponentResult<TerminationForm> Form(Submission.Fields fields, IReadOnlyList<Mistake> mistakes, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(TerminationForm.Submission)] = fields["submission"],
            [nameof(TerminationForm.Email)] = fields["email"],
            [nameof(TerminationForm.Account)] = fields["account"],
            [nameof(TerminationForm.UndoDays)] = policy.Value.UndoDays,
            [nameof(TerminationForm.Mistakes)] = mistakes,
        })
        { StatusCode = status };

    // The same for everybody, whether or not the mailbox had a place: it must be true of whoever was turned away, too.
    internal static Notice Received(CaseId id, string officer) => Says.Received.Write(Path, ("officer", officer), ("reference", id));

    private static TerminationText Says => PageText.Of<TerminationText>();
}
