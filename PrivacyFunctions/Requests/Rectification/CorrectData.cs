using System.Text.Json;
using Azure;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Corrects, in every data set that holds it, what nobody has to decide about or an operator accepted. What a legal hold covers stays as it
/// is until an operator decides, and so does what cannot be read or written. Done again after a crash it changes nothing that is right.
/// </summary>
internal sealed class CorrectData(
    CaseStore cases, CorrectionRecords records, Contacts contacts, MailboxOwners owners, PersonProtections protections, DataMapRegister map,
    PersonalDataSources sources, LegalTime time)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(CorrectData));

    /// <returns>Where the case stands when nothing is left that can be made: an operator has to decide, or all is done.</returns>
    [Function(nameof(CorrectData))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<RectificationRequest>(step.CaseId, cancellation);
        if (request.Status == CaseStatus.Offered) request = await EndWaitingAsync(request, cancellation);
        if (request.IsClosed) await records.ForgetAsync(request.Id, cancellation); // withdrawn: what a crash left of a submission does not count
        if (request.Submission is not { } submission) return request.Status;
        await records.ForgetOthersAsync(request.Id, submission, cancellation);

        // An operator may accept one while others are being made, so it is looked at anew until nothing is left.
        RequestFailedException? failure = null;
        var failed = new HashSet<string>();
        while (RectificationDecisions.ToBeMade(request).FirstOrDefault(wanted => !failed.Contains(wanted.DataSet!)) is { DataSet: { } set })
            try
            {
                request = await CorrectInAsync(set, request, submission, cancellation);
            }
            catch (RequestFailedException notNow)
            {
                failure = notNow; // the store did not answer, or something changed at this moment: the other data sets do not wait for it
                failed.Add(set);
            }

        return failure is null ? request.Status : throw failure;
    }

    private async Task<RectificationRequest> EndWaitingAsync(RectificationRequest request, CancellationToken cancellation)
    {
        var now = await time.NowOrAtAsync(request.OfferedUntil!.Value, cancellation);
        var over = await cases.ExecuteAsync<RectificationRequest>(
            request.Id, "nothing-sent", Actors.System, state => RectificationDecisions.EndWaiting(state, now), [], cancellation);
        return over.Status == CaseStatus.Offered ? throw new TooEarlyException() : over;
    }

    // Who they are, and what is held, is looked up once for each data set, immediately before.
    private async Task<RectificationRequest> CorrectInAsync(
        string set, RectificationRequest request, string submission, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(request.Id, cancellation);
        var who = await owners.LocateAsync(contact.Address, request.Id, cancellation);
        var isHeld = who is not null && (await protections.OfAsync(who, cancellation)).Any(hold => IsLegal(hold, set));
        var entries = (await records.ReadAsync(request.Id, submission, cancellation)).ToDictionary(entry => entry.Number);
        foreach (var wanted in RectificationDecisions.ToBeMade(request).Where(wanted => wanted.DataSet == set).ToList())
        {
            var number = wanted.Number;
            var (what, decide) = who is null
                // An operator may decide weeks later, and by then the mailbox may be somebody else's, and what is found by it their data.
                ? ("gone", state => RectificationDecisions.NoteNotFound(state, number))
                : isHeld && wanted.State == CorrectionState.Wanted
                    ? ("held", state => RectificationDecisions.NeedDecision(state, number, DecisionNeed.LegalHold))
                    : await CorrectAsync(entries[number], who, cancellation);
            request = await cases.ExecuteAsync(
                request.Id, $"{what}-{number}-{wanted.Decisions}", Actors.System, decide, [], CancellationToken.None);
        }

        return request;
    }

    /// <returns>What is noted of it, and how the command is called.</returns>
    private async Task<(string What, Func<RectificationRequest, Decision> Decide)> CorrectAsync(
        CorrectionEntry entry, SubjectKeys who, CancellationToken cancellation)
    {
        try
        {
            var wanted = new FieldCorrection(entry.Field!, entry.Before, entry.After);
            var corrected = await sources.CorrectAsync(map[DataSetId.Parse(entry.DataSet!)], who, wanted, cancellation);
            return ("correct", state => corrected.IsMade(wanted)
                ? RectificationDecisions.NoteMade(state, entry.Number, wanted.After.Length == 0 ? corrected.Changed : corrected.Standing)
                : RectificationDecisions.NoteNotFound(state, entry.Number));
        }
        // A document that is none, or a field that the map has no more: no repetition cures that.
        catch (Exception broken) when (broken is InvalidDataException or JsonException or ArgumentException or KeyNotFoundException)
        {
            return ("cannot", state => RectificationDecisions.NeedDecision(state, entry.Number, DecisionNeed.CannotBeMade));
        }
    }

    private static bool IsLegal(Hold hold, string dataSet) => hold.Kind == HoldKind.Legal && hold.Covers(dataSet);
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
