using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// An erasure request during the undo window of the person's own termination wins for controller data and ends the undo.
/// Service data waits for its purge as before.
/// </summary>
internal sealed class EndUndoWindows(CaseStore cases, People people, ErasureVault vault)
{
    [Function(nameof(EndUndoWindows))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var who = (await vault.ReadAsync(step.CaseId, cancellation)).Keys;
        foreach (var id in await people.CasesAsync(who.Addresses, cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: Termination { IsClosed: false } })
                // The termination is woken by whoever takes up its intent, within a minute.
                await cases.ExecuteAsync<Termination>(
                    id, $"end-undo-{step.CaseId}", Actors.System,
                    state => TerminationDecisions.EndUndoForErasure(state, step.CaseId), [Intent.Wake], cancellation);
    }
}
