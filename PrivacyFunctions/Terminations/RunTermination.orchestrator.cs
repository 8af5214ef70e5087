using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The procedure of an account's end (rule L8; T-ACTIVE, T-BACKUP, T-EXPORT), from the wish to the last backup. Its history
/// holds ids and dates only; every step reads the case row again and can be repeated. Nobody else purges.
/// </summary>
internal static class RunTermination
{
    // The quarterly cleanup wakes the due ones from the start instant on; this is for those it missed.
    private static readonly TimeSpan WithoutCleanup = TimeSpan.FromHours(12);

    private static readonly TimeSpan EscalatedBefore = TimeSpan.FromDays(3);
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(6);

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunTermination))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<TerminationInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version);

        if (!await TookEffectAsync(procedure, input, step)) return;
        var dates = await procedure.DoAsync(ReadTermination.ReadTerminationDatesStep, step);

        // Beside the procedure, so that neither can hold up what was promised: the owner hears how to undo it and gets the
        // account's data; and people are told before the deadline, whatever step is stuck.
        var telling = TellAsync(context, procedure, input);
        using var emptied = new CancellationTokenSource();
        var alarm = EscalateAsync(procedure, step, dates.PurgeBy - EscalatedBefore, emptied.Token);

        // The time to undo. An undo that was committed first wins.
        await procedure.WhileAsync(ReadTermination.Step, TerminationStatus.Undoable, dates.UndoUntil);
        var undone = await procedure.DoAsync(EndUndoWindow.Step, step) == TerminationStatus.Undone;
        var isEarlier = WorkflowVersion.PurgesInOneStage(input.Version);
        if (!undone)
        {
            // The purge of the active database, early enough before its deadline; a stage with waits of its own.
            var atTheLatest = dates.PurgeFrom + WithoutCleanup;
            await (isEarlier
                ? EarlierPurge.PurgeAsync(context, procedure, input, atTheLatest)
                : PurgeAsync(context, procedure, input, atTheLatest));
        }

        emptied.Cancel();
        if (isEarlier || undone) await Task.WhenAll(telling, alarm);
        await procedure.DoAsync(DeleteServiceExport.Step, step); // a copy that was still being made

        // Nothing may come back, and the case closes only when no backup from before the purge is left.
        if (undone) await procedure.DoAsync(TellOwner.TellUndoneStep, step);
        else if (isEarlier) await EarlierPurge.WaitForBackupsAsync(procedure, step);
        else await StageAsync(context, TerminationStages.AfterPurge, nameof(StayEmpty), StayEmptyInput.For(input));

        await Task.WhenAll(telling, alarm);
        await procedure.DoAsync(CloseTermination.Step, step);
    }

    // What goes before the purge is waited for as long as the deadline allows.
    private static async Task PurgeAsync(
        TaskOrchestrationContext context, CaseProcedure procedure, TerminationInput input, DateTimeOffset atTheLatest)
    {
        var step = new CaseStep(input.CaseId);
        var begun = await procedure.WhileAsync(BeginPurgeInTurn.Step, TerminationStatus.AwaitingPurge, atTheLatest);
        // It began again after the purge: what has come since is for the searches, which note it before it is purged.
        if (begun is TerminationStatus.AwaitingBackups or TerminationStatus.Emptied) return;
        if (begun == TerminationStatus.AwaitingPurge)
            await procedure.UntilTrueAsync(
                Question.Of(BeginPurgeInTurn.PurgeHasBegunStep, step, BetweenLooks) with { IsShown = false });
        await StageAsync(context, TerminationStages.Purge, nameof(EmptyAccount), new EmptyInput(input.CaseId, input.Version, input.Clock));
    }

    private static Task StageAsync(TaskOrchestrationContext context, string stage, string orchestrator, object input) =>
        context.CallSubOrchestratorAsync(
            orchestrator, input, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{stage}"));

    private static async Task<bool> TookEffectAsync(CaseProcedure procedure, TerminationInput input, CaseStep step)
    {
        switch (input.By == TerminationBy.Company
            ? await procedure.DoAsync(DecideForCompany.Step, step)
            : await HearOwnerAsync(procedure, input, step))
        {
            case TerminationStatus.NotConfirmed:
                await procedure.DoAsync(TellOwner.TellNotConfirmedStep, step);
                await procedure.DoAsync(CloseTermination.Step, step);
                return false;
            case TerminationStatus.Closed: // not the owner's account, or another case ends it
                await procedure.DoAsync(CloseTermination.Step, step);
                return false;
            default: // perhaps undone already, or past it: a step that is repeated hears late
                return true;
        }
    }

    // The account's end is nobody's but its owner's to ask for, who has to press a button behind a mailed link. A mailbox that
    // gets very many wishes in a day is asked about the others on the following days.
    private static async Task<TerminationStatus> HearOwnerAsync(CaseProcedure procedure, TerminationInput input, CaseStep step)
    {
        while (await procedure.DoAsync(AskOwner.Step, step)) await procedure.PauseAsync(UntilAskedAgain);
        await procedure.WhileAsync(ReadTermination.Step, TerminationStatus.AwaitingConfirmation, input.ConfirmBy);
        return await procedure.DoAsync(GiveUpWaiting.Step, step);
    }

    private static async Task TellAsync(TaskOrchestrationContext context, CaseProcedure procedure, TerminationInput input)
    {
        var step = new CaseStep(input.CaseId);
        await procedure.DoAsync(TellOwner.TellTerminatedStep, step);
        await (WorkflowVersion.PurgesInOneStage(input.Version)
            ? procedure.DoAsync(PackageServiceData.Step, step)
            : StageAsync(context, TerminationStages.Package, nameof(PackageAccount), new PackageInput(input.CaseId, input.Version, input.Clock)));
        await procedure.DoAsync(PackageServiceData.OfferServiceDataStep, step);
    }

    private static async Task EscalateAsync(
        CaseProcedure procedure, CaseStep step, DateTimeOffset at, CancellationToken emptied)
    {
        try
        {
            await procedure.UntilAsync(at, emptied);
        }
        catch (OperationCanceledException)
        {
            return; // in time
        }

        await procedure.DoAsync(EscalatePurge.Step, step);
    }
}
