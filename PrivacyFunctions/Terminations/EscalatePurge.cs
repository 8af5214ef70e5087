using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Tells the Data Protection Officer that a purge is not finished though its deadline is near; the purge itself goes on.
/// </summary>
internal sealed class EscalatePurge(CaseStore cases, DataMapRegister map, PurgeLedger ledger, OfficerMails officer)
{
    public static readonly Step<CaseStep> Step = new(nameof(EscalatePurge));

    [Function(nameof(EscalatePurge))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var stuck = await cases.ExecuteAsync<Termination>(
            step.CaseId, "escalate", Actors.System, TerminationDecisions.Escalate, [], cancellation);
        if (stuck.PurgedAt is not null) return;
        var left = await LeftAsync(stuck, cancellation);
        await officer.TellOnceAsync(step.CaseId, "escalation", new PurgeStuck(stuck.Id, stuck.Dates!.Deadline, left), cancellation);
    }

    // As the case knows it: a store that is away cannot be asked.
    private async Task<IReadOnlyList<string>> LeftAsync(Termination stuck, CancellationToken cancellation)
    {
        var gone = (await cases.AuditAsync(stuck.Id, cancellation)).Select(row => row.Entry.Fact).OfType<TerminationFact.DataSetPurged>();
        var going = map.PurgedWithAccount.Select(set => set.Id.Value).ToList();
        foreach (var set in map.PurgedWithLastAccount.Select(set => set.Id.Value))
            if (await ledger.IsEnteredAsync(new(stuck.Id, set), cancellation)) going.Add(set);
        return [.. going.Except(gone.Select(purged => purged.DataSet))];
    }
}
