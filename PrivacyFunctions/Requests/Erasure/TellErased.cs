using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Mails the person what was erased, what is kept and why. Before that, those who received the data are told, or the Data Protection Officer is asked
/// to tell them (GDPR art. 19), so that the mail can say so. Where the mailbox has come to somebody else, or takes no mail, an operator has to reach the
/// person before the case ends.
/// </summary>
internal sealed class TellErased(
    DataMapRegister map, CaseStore cases, ErasurePlans plans, ErasureSubjects subjects, PersonProtections protections,
    ErasureResumption resumption, People people, MailboxOwners owners, IEnumerable<IForgottenWithErasure> said, RecipientDesk recipients, OfficerMails officer,
    LastWord lastWord)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellErased));

    [Function(nameof(TellErased))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (request.IsClosed) return; // a repetition after its end: the mailbox is forgotten
        if (await subjects.FindAsync(step.CaseId, cancellation) is not { } who) return; // it began again when everybody was told

        var last = await plans.GetAsync(step.CaseId, request.PlanHash!, cancellation);
        var holds = await protections.OfAsync(who.Now, cancellation);
        foreach (var hold in ErasureRules.OverSince(last, holds))
            if (!await resumption.TryPrepareAsync(request, who.Keys.Address, hold))
                await officer.TellOnceAsync(step.CaseId, $"released-{hold}", new HoldOfErasureReleased(step.CaseId, hold), cancellation);

        var outcome = await OutcomeAsync(request, last, who.Now, cancellation);
        // An erasure that goes on with an earlier one plans what that had left, and not what another hold still keeps.
        if (outcome.Kept.All(part => part.Hold is null) && !holds.Any(hold => hold.Kind == HoldKind.Legal))
            await ForgetWhatTheySaidAsync(who.Now, cancellation);
        var isTheirs = await owners.AreStillAsync(who.Keys.Address, step.CaseId, cancellation);
        var told = await TellRecipientsAsync(step.CaseId, isTheirs, outcome, cancellation);
        // What still goes on beside it with the same erasure tells what is left. Of two that are done at a time, both do.
        if (outcome.IsNothing && request.Resumes is not null && await AnotherGoesOnAsync(request, who.Keys.Address, cancellation)) return;
        PersonDraft letter = !outcome.IsNothing ? new ErasureDone(step.CaseId, request.Resumes, outcome, told.Written.Count > 0)
            : request.Resumes is null ? new NothingHeld(step.CaseId, null, outcome.Searched)
            : new NothingLeft(step.CaseId, request.Resumes);
        await lastWord.SayAsync(request, isTheirs, "erased", letter, new CannotTellOfErasure(step.CaseId, !isTheirs), cancellation);
    }

    // A recipient erases all that it has of a set. Where we keep a part of one, or the mailbox may be somebody else's by now, somebody has to look first.
    private async Task<RecipientsTold> TellRecipientsAsync(CaseId id, bool isTheirs, ErasureOutcome outcome, CancellationToken cancellation)
    {
        var kept = outcome.Kept.Select(part => part.DataSet).Intersect(outcome.Destroyed).SelectMany(set => set.Recipients).ToHashSet();
        var told = await recipients.TellAsync(
            id, RecipientAct.Erased, outcome.Destroyed, new([.. outcome.Searched], recipient => isTheirs && !kept.Contains(recipient)), cancellation);
        if (told.ByHand.Count > 0)
            await officer.TellOnceAsync(
                id, "recipients", new TellRecipients(id, told.ByHand, told.Written, kept.Any(recipient => told.ByHand.Contains(recipient.Name)), !isTheirs), cancellation);
        return told;
    }

    // In cases that are over: what an open one still needs goes with it.
    private async Task ForgetWhatTheySaidAsync(SubjectKeys who, CancellationToken cancellation)
    {
        var ids = who.Persons.Select(person => person.Value).ToList();
        foreach (var address in who.Addresses)
            foreach (var id in await people.CasesAsync([address], cancellation))
                if (await people.WereAsync(address, id, ids, cancellation) && await cases.FindAsync(id, cancellation) is { Case.IsClosed: true })
                    foreach (var records in said)
                        await records.ForgetAsync(id, cancellation);
    }

    private async Task<bool> AnotherGoesOnAsync(ErasureRequest request, EmailAddress mailbox, CancellationToken cancellation)
    {
        foreach (var id in await people.CasesAsync([mailbox], cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: ErasureRequest { Status: not (CaseStatus.Erased or CaseStatus.Closed) } other }
                && other.Resumes == request.Resumes)
                return true;
        return false;
    }

    private async Task<ErasureOutcome> OutcomeAsync(
        ErasureRequest request, ErasurePlan last, SubjectKeys who, CancellationToken cancellation)
    {
        var done = (await cases.AuditAsync(request.Id, cancellation)).Select(row => row.Entry.Fact)
            .OfType<ErasureFact.DataSetErased>().ToList();
        var (erased, anonymised) = (SetsOf(done, ErasureFate.Erase), SetsOf(done, ErasureFate.Anonymise));
        return new(
            erased, anonymised,
            [.. last.Lines.SelectMany(line => SetsOf(line.DataSet).Select(set => new KeptPart(set, line.Protection?.Kind))).Distinct()],
            [.. erased.Concat(anonymised).ToBeTold().Select(recipient => recipient.Name)], [.. who.Addresses]);
    }

    private List<DataSet> SetsOf(IEnumerable<ErasureFact.DataSetErased> done, ErasureFate fate) =>
        [.. done.Where(fact => fact.Fate == fate).SelectMany(fact => SetsOf(fact.DataSet)).Distinct()];

    // One that the map has no more has no name for anybody.
    private IEnumerable<DataSet> SetsOf(string id) => map.TryGet(id, out var set) ? [set] : [];
}
