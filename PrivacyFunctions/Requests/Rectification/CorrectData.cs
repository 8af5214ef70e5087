using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Puts right, in every data set that holds it, what the person corrected and nobody has to decide about, or an operator accepted. What a
/// legal hold covers stays as it is until an operator decides. Done again after a crash it changes nothing that is right already.
/// </summary>
internal sealed class CorrectData(
    CaseStore cases, CorrectionRecords records, Contacts contacts, MailboxOwners owners, SubjectLocator locator, Holds holds,
    DataMapRegister map, PersonalDataSources sources, LegalTime time)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(CorrectData));

    /// <returns>Where the case stands then: an operator has to decide, or all is done.</returns>
    [Function(nameof(CorrectData))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<RectificationRequest>(step.CaseId, cancellation);
        if (request.Status == CaseStatus.Offered) request = await EndWaitingAsync(request, cancellation);
        if (request.Submission is not { Length: > 0 } submission) return request.Status;

        await records.ForgetOthersAsync(request.Id, submission, cancellation);
        var entries = await records.ReadAsync(request.Id, submission, cancellation);
        var wanted = RectificationDecisions.ToBeMade(request).ToDictionary(each => each.Number);
        if (wanted.Count == 0) return request.Status;
        var contact = await contacts.GetAsync(request.Id, cancellation);
        // An operator may decide weeks later, and by then the mailbox may be somebody else's, and what is found by it their data.
        if (!await owners.AreStillAsync(contact.Address, request.Id, cancellation))
            return (await LeaveAsync(request, cancellation)).Status;

        var who = await locator.LocateAsync(contact.Address, cancellation);
        var inForce = await holds.OfPersonAsync(new HeldPerson(who.ProtectingAddresses, who.ProtectingPersons), cancellation);
        foreach (var entry in entries.Where(entry => wanted.ContainsKey(entry.Number)))
            request = await CorrectAsync(request, wanted[entry.Number], entry, who, inForce, cancellation);
        return request.Status;
    }

    private async Task<RectificationRequest> EndWaitingAsync(RectificationRequest request, CancellationToken cancellation)
    {
        var now = await time.NowOrAtAsync(request.OfferedUntil!.Value, cancellation);
        var over = await cases.ExecuteAsync<RectificationRequest>(
            request.Id, "nothing-sent", Actors.System, state => RectificationDecisions.EndWaiting(state, now), [], cancellation);
        return over.Status == CaseStatus.Offered ? throw new TooEarlyException() : over;
    }

    private async Task<RectificationRequest> LeaveAsync(RectificationRequest request, CancellationToken cancellation)
    {
        foreach (var wanted in RectificationDecisions.ToBeMade(request).ToList())
            request = await cases.ExecuteAsync<RectificationRequest>(
                request.Id, $"correct-{wanted.Number}", Actors.System,
                state => RectificationDecisions.NoteMade(state, wanted.Number, records: 0, isTakenOut: false), [], cancellation);
        return request;
    }

    private async Task<RectificationRequest> CorrectAsync(
        RectificationRequest request, WantedCorrection wanted, CorrectionEntry entry, SubjectKeys who, IReadOnlyList<Hold> inForce,
        CancellationToken cancellation)
    {
        var set = map[DataSetId.Parse(entry.DataSet!)];
        if (wanted.State == CorrectionState.Wanted && inForce.Any(hold => hold.Kind == HoldKind.Legal && hold.Covers(set.Id.Value)))
            return await cases.ExecuteAsync<RectificationRequest>(
                request.Id, $"held-{entry.Number}", Actors.System, state => RectificationDecisions.NeedDecision(state, entry.Number), [], cancellation);

        var corrected = await sources.CorrectAsync(set, who, new(entry.Field!, entry.Before, entry.After), cancellation);
        var isTakenOut = entry.After.Length == 0;
        return await cases.ExecuteAsync<RectificationRequest>(
            request.Id, $"correct-{entry.Number}", Actors.System,
            state => RectificationDecisions.NoteMade(
                state, entry.Number, isTakenOut ? corrected.Changed : corrected.Standing, isTakenOut),
            [], CancellationToken.None);
    }
}

/// <summary>Asks the Data Protection Officer to decide what the software must not decide.</summary>
internal sealed class AskForDecision(CaseStore cases, OfficerMails officer)
{
    public static readonly Step<CaseStep> Step = new(nameof(AskForDecision));

    [Function(nameof(AskForDecision))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<RectificationRequest>(step.CaseId, cancellation);
        if (request.Status != CaseStatus.AwaitingDecision) return;
        await officer.TellOnceAsync(step.CaseId, "corrections-wait", new CorrectionsWait(step.CaseId, request.Due.On), cancellation);
    }
}
