using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>The orchestrator whose histories are checked in under Histories/.</summary>
internal static class SampleOrchestrators
{
    /// <summary>Asks for a confirmation, reminds every three days, gives up after three reminders.</summary>
    public static async Task<string> Confirm(TaskOrchestrationContext context)
    {
        var caseId = context.GetInput<string>();
        await context.CallActivityAsync("SendConfirmationMail", caseId);
        var confirmed = context.WaitForExternalEvent<string?>("Confirmed");
        for (var reminders = 0; reminders < 3; reminders++)
        {
            using var stop = new CancellationTokenSource();
            var reminder = context.CreateTimer(TimeSpan.FromDays(3), stop.Token);
            if (await Task.WhenAny(confirmed, reminder) == confirmed)
            {
                stop.Cancel();
                await context.CallSubOrchestratorAsync(
                    "Gather", caseId, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:gather"));
                return $"confirmed after {reminders} reminders, {context.NewGuid()}";
            }

            await context.CallActivityAsync("SendReminder", caseId);
        }

        return "gave up";
    }

    public static TestFunctions Functions() => new TestFunctions()
        .Orchestrator("Confirm", Confirm)
        .Orchestrator("Gather", context => context.CallActivityAsync<int>("GatherDataSet", context.GetInput<string>()))
        .Activity<string, int>("SendConfirmationMail", _ => 1)
        .Activity<string, int>("SendReminder", _ => 1)
        .Activity<string, int>("GatherDataSet", _ => 1);
}
