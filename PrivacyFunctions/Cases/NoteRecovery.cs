using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>Takes back what <see cref="NoteAttention"/> showed of this step, and nothing else: it works again.</summary>
internal sealed class NoteRecovery(CaseStore cases)
{
    public static readonly Step<BrokenStep> Step = new(nameof(NoteRecovery));

    [Function(nameof(NoteRecovery))]
    public async Task RunAsync([ActivityTrigger] BrokenStep recovered, CancellationToken cancellation)
    {
        var restarts = (await cases.GetAsync<Case>(recovered.CaseId, cancellation)).Restarts;
        await cases.ExecuteAsync<Case>(
            recovered.CaseId, $"recovery-{recovered.KeyAfter(restarts)}", Actors.System,
            found => AttentionDecisions.Unmark(found, recovered.Step, recovered.Scope), [], cancellation);
    }
}
