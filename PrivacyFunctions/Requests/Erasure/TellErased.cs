using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Mails the person what was erased, what is kept and why. Before that, the Data Protection Officer is asked to tell those
/// who received the data (GDPR art. 19), so that the mail can say so.
/// </summary>
internal sealed class TellErased(
    DataMapRegister map, CaseStore cases, ErasurePlans plans, ErasureSubjects subjects, PersonProtections protections,
    ErasureResumption resumption, OfficerMails officer, CaseMails mails)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellErased));

    [Function(nameof(TellErased))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (request.IsClosed) return; // a repetition after its end: the mailbox is forgotten

        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        var last = await plans.GetAsync(step.CaseId, request.PlanHash!, cancellation);
        foreach (var hold in ErasureRules.OverSince(last, await protections.OfAsync(who.Now, cancellation)))
            if (!await resumption.TryPrepareAsync(request, who.Keys.Address, hold))
                await officer.TellOnceAsync(step.CaseId, $"released-{hold}", ErasureLetters.AskWhose(request, hold), cancellation);

        var outcome = await OutcomeAsync(request, last, who.Now, cancellation);
        if (outcome.Recipients.Count > 0)
            await officer.TellOnceAsync(
                step.CaseId, "recipients", ErasureLetters.TellRecipients(request, outcome.Recipients), cancellation);
        var letter = !outcome.IsNothing ? ErasureLetters.Done(request, outcome)
            : request.Resumes is null ? ErasureLetters.Nothing(request, outcome.Searched)
            : ErasureLetters.NothingLeft(request);
        await mails.SendOnceAsync(step.CaseId, "erased", letter, cancellation);
    }

    private async Task<ErasureOutcome> OutcomeAsync(
        ErasureRequest request, ErasurePlan last, SubjectKeys who, CancellationToken cancellation)
    {
        var done = (await cases.AuditAsync(request.Id, cancellation)).Select(row => row.Entry.Fact)
            .OfType<ErasureFact.DataSetErased>().ToList();
        return new(
            SetsOf(done, ErasureFate.Erase), SetsOf(done, ErasureFate.Anonymise),
            [.. last.Lines.Select(line => new KeptPart(map[DataSetId.Parse(line.DataSet)], line.Protection?.Kind))],
            [.. who.Addresses]);
    }

    private List<DataSet> SetsOf(IEnumerable<ErasureFact.DataSetErased> done, ErasureFate fate) =>
        [.. done.Where(fact => fact.Fate == fate).Select(fact => map[DataSetId.Parse(fact.DataSet)]).Distinct()];
}

/// <summary>What an erasure came to.</summary>
internal sealed record ErasureOutcome(
    IReadOnlyList<DataSet> Erased, IReadOnlyList<DataSet> Anonymised, IReadOnlyList<KeptPart> Kept,
    IReadOnlyList<EmailAddress> Searched)
{
    /// <summary>Nothing was held.</summary>
    public bool IsNothing => Erased.Count + Anonymised.Count + Kept.Count == 0;

    /// <summary>Who else received what was destroyed: neither our own staff, nor the public, which no mail reaches.</summary>
    public IReadOnlyList<Recipient> Recipients { get; } =
    [
        .. Erased.Concat(Anonymised).SelectMany(set => set.Recipients).Distinct()
            .Where(recipient => recipient.Kind is not (RecipientKind.Staff or RecipientKind.Public)),
    ];
}

/// <summary>What stays of a data set, by the map's ground or by a protection.</summary>
internal sealed record KeptPart(DataSet DataSet, HoldKind? Protection);
