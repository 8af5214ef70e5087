using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What follows a purge (T-ACTIVE, T-BACKUP): the active database is searched again a day later, the backups when their month is
/// over, the owner is told, and after 35 days, right before the case closes, the active database is searched for the last time.
/// What came back is purged, and all of it begins again. Each part has a history of its own.
/// </summary>
internal static class StayEmpty
{
    private static readonly TimeSpan FirstSearch = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(6);

    /// <summary>Runs one part, and goes on until the last search found nothing.</summary>
    [Function(nameof(StayEmpty))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<StayEmptyInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, $"{input.Round}");
        var purgedAt = (await procedure.DoAsync(ReadTermination.ReadPurgeEndStep, step)).At;

        switch (input.Part)
        {
            case AfterPurge.FirstSearch:
                await procedure.UntilAsync(purgedAt + FirstSearch);
                GoOn(await SearchAsync() ? AfterPurge.Backups : AfterPurge.FirstSearch, input.LateSince);
                break;

            case AfterPurge.Backups:
                await procedure.UntilAsync((await procedure.DoAsync(CheckBackups.ScheduleBackupsCheckStep, step)).At);
                if (await procedure.DoAsync(CheckBackups.Step, step))
                {
                    if (input.LateSince is not null) await procedure.DoAsync(NoteRecovery.Step, Waiting());
                    await procedure.DoAsync(TellOwner.TellEmptiedStep, step);
                    GoOn(AfterPurge.LastSearch);
                    break;
                }

                // A backup is still there, or holds what was written after the purge: that may be in the database, too.
                if (input.LateSince is null) await procedure.DoAsync(NoteAttention.Step, Waiting());
                if (!await SearchAsync())
                {
                    GoOn(AfterPurge.FirstSearch, input.LateSince ?? input.Round);
                    break;
                }

                await procedure.PauseAsync(BetweenLooks);
                GoOn(AfterPurge.Backups, input.LateSince ?? input.Round);
                break;

            default:
                await procedure.UntilAsync(purgedAt + Termination.LastSearch);
                if (!await SearchAsync()) GoOn(AfterPurge.FirstSearch);
                break;
        }

        void GoOn(AfterPurge part, int? lateSince = null) =>
            context.ContinueAsNew(input with { Part = part, LateSince = lateSince, Round = input.Round + 1 });

        BrokenStep Waiting() =>
            new(input.CaseId, nameof(CheckBackups), input.LateSince ?? input.Round, Workflow.ScopeOf(context.InstanceId));

        async Task<bool> SearchAsync()
        {
            var search = input.Round + 1;
            if (await procedure.DoAsync(RescanAccount.Step, new RescanStep(input.CaseId, search))) return true;
            await context.CallSubOrchestratorAsync(
                nameof(EmptyAccount), new EmptyInput(input.CaseId, input.Version, input.Clock, search),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{TerminationStages.Purge}-{search}"));
            return false;
        }
    }
}

/// <summary>The parts of what follows a purge. Numbers stay: histories hold them.</summary>
internal enum AfterPurge
{
    /// <summary>The active database is searched again a day later.</summary>
    FirstSearch,

    /// <summary>The backups' month.</summary>
    Backups,

    /// <summary>The owner is told; the active database is searched for the last time.</summary>
    LastSearch,
}

/// <summary>What this stage knows from its start.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">To branch on.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="Part">What comes next.</param>
/// <param name="LateSince">In which round the case was marked because a backup should be gone and is not; null if it is not marked.</param>
/// <param name="Round">How often it began a new history, counted on from where its workflow began.</param>
internal sealed record StayEmptyInput(
    CaseId CaseId, string Version, LegalClock Clock, AfterPurge Part = AfterPurge.FirstSearch, int? LateSince = null, int Round = 0)
{
    // A search is noted under its round, once. Each beginning has numbers of its own: they suffice for years of looks every six hours.
    private const int RoundsOfABeginning = 10_000;

    /// <summary>What the stage starts with.</summary>
    public static StayEmptyInput For(TerminationInput input) =>
        new(input.CaseId, input.Version, input.Clock, Round: input.Restarts * RoundsOfABeginning);
}
