using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The second half of an account's end for cases that were started before version 3. It stays as it was until the last of them is
/// over.
/// </summary>
internal static class EarlierPurge
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(6);

    /// <summary>From the wait for the purge to its end.</summary>
    public static async Task PurgeAsync(
        TaskOrchestrationContext context, CaseProcedure procedure, TerminationInput input, DateTimeOffset atTheLatest)
    {
        await procedure.WhileAsync(BeginPurge.Step, TerminationStatus.AwaitingPurge, atTheLatest);
        await context.CallSubOrchestratorAsync(
            nameof(PurgeAccount), new PurgeInput(input.CaseId, input.Version, input.Clock),
            new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{TerminationStages.Purge}"));
    }

    /// <summary>The month of the backups.</summary>
    public static async Task WaitForBackupsAsync(CaseProcedure procedure, CaseStep step)
    {
        var backups = await procedure.DoAsync(CheckBackups.ScheduleBackupsCheckStep, step);
        await procedure.UntilAsync(backups.At);
        await procedure.UntilTrueAsync(Question.Of(CheckBackups.Step, step, BetweenLooks));
        await procedure.DoAsync(TellOwner.TellEmptiedStep, step);
    }
}
