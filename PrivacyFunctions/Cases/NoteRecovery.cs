using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>Takes back what <see cref="NoteAttention"/> showed: the step works again.</summary>
internal sealed class NoteRecovery(CaseStore cases)
{
    [Function(nameof(NoteRecovery))]
    public Task RunAsync([ActivityTrigger] BrokenStep recovered, CancellationToken cancellation) => cases.ExecuteAsync<Case>(
        recovered.CaseId, $"recovery-{recovered.Key}", Actors.System,
        _ => new Decision.Change(new CaseFact.AttentionOver(recovered.Step)), [], cancellation);
}
