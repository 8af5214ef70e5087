using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions.Faults;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What becomes of an activity's failure on Microsoft's worker: its kind gets through, its words do not.</summary>
[Clause("C-SECURE")]
public sealed class FailuresOnTheWorkerTests
{
    private const string Secret = "eleni@example.org";

    [Theory]
    [InlineData("storage", "RequestFailedException 503 ServerBusy")]
    [InlineData("mail", "The mail provider answered 401.")]
    [InlineData("words", "InvalidOperationException")]
    [InlineData("input", null)] // what cannot be read as the activity's input is quoted by whoever reads it
    public async Task Activity_ThatFails_TellsItsKindToItsOrchestratorAndItsWordsToNobody(string how, string? kind)
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Failing)], app =>
        {
            app.Services.AddSingleton<IExceptionPropertiesProvider, FailureKinds>();
            app.UseMiddleware<NeutralFailures>();
        });

        var ended = await host.RunAsync(nameof(Failing.Caller), how);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        var told = ended.ReadOutputAs<string>()!;
        if (kind is not null) Assert.Contains(kind, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        var history = string.Join('\n', host.Engine.ReadHistory(ended.InstanceId).Where(change => change.TaskScheduled is null));
        Assert.Contains("taskFailed", history, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, history, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static class Failing
    {
        [Function(nameof(Caller))]
        public static async Task<string> Caller([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var how = context.GetInput<string>()!;
            try
            {
                await (how == "input"
                    ? context.CallActivityAsync<int>(nameof(Count), $"not a number but {Secret}")
                    : context.CallActivityAsync<int>(nameof(Break), how));
                return "It did not fail.";
            }
            catch (TaskFailedException failed)
            {
                return $"{FailureKinds.Of(failed)} {failed.FailureDetails}";
            }
        }

        [Function(nameof(Break))]
        public static int Break([ActivityTrigger] string how) => throw (how switch
        {
            "storage" => new RequestFailedException(503, $"Busy with {Secret}", "ServerBusy", null),
            "mail" => new MailNotAcceptedException(401),
            _ => new InvalidOperationException($"Nothing is known of {Secret}"),
        });

        [Function(nameof(Count))]
        public static int Count([ActivityTrigger] int number) => number;
    }
}
