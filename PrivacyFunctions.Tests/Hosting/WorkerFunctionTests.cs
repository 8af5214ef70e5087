using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What the worker says of its functions, as the host takes it or refuses it.</summary>
public sealed class WorkerFunctionTests
{
    [Theory]
    [InlineData("Function X: a function has one trigger")]
    [InlineData("Function X: a function has one trigger", """{"name":"a","type":"httpTrigger"}""", """{"name":"b","type":"timerTrigger"}""")]
    [InlineData("Function X: the local host knows no queuetrigger", """{"name":"a","type":"queueTrigger"}""")]
    [InlineData("Function X: the route \"/\" begins with a slash", """{"name":"a","type":"httpTrigger","route":"/"}""")]
    [InlineData("Function X: the authorization level User is not for functions", """{"name":"a","type":"httpTrigger","authLevel":"User"}""")]
    [InlineData("Function X: its timer has no schedule", """{"name":"a","type":"timerTrigger"}""")]
    public void Read_FunctionTheHostCannotRun_SaysWhatToCorrect(string words, params string[] bindings)
    {
        var refused = Assert.Throws<FunctionStartupException>(() => Read(bindings));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"a","type":"httpTrigger"}""", AccessLevel.Function, "X")]
    [InlineData("""{"name":"a","type":"HttpTrigger","authLevel":"admin","route":"r/{id}"}""", AccessLevel.Admin, "r/{id}")]
    internal void Read_HttpTrigger_HasTheHostsDefaults(string binding, AccessLevel level, string route)
    {
        var http = Assert.IsType<FunctionTrigger.Http>(Read(binding).Trigger);
        Assert.Equal((level, route), (http.Level, http.Route));
        Assert.Empty(http.Methods);
    }

    [Fact]
    public void Read_TimerTrigger_IsMonitoredUnlessItSaysOtherwise()
    {
        Assert.Equal(
            new FunctionTrigger.Timer("0 0 1 * * *", RunOnStartup: false, UseMonitor: true),
            Read("""{"name":"a","type":"timerTrigger","schedule":"0 0 1 * * *"}""").Trigger);
        Assert.Equal(
            new FunctionTrigger.Timer("0 0 1 * * *", RunOnStartup: true, UseMonitor: false),
            Read("""{"name":"a","type":"timerTrigger","schedule":"0 0 1 * * *","runOnStartup":true,"useMonitor":false}""").Trigger);
    }

    [Fact]
    public void Read_DurableClient_IsFoundBesideTheTrigger()
    {
        var function = Read("""{"name":"t","type":"activityTrigger"}""", """{"name":"c","type":"durableClient"}""");
        Assert.Equal(("t", "c", new FunctionTrigger.Activity("X")), (function.TriggerName, function.ClientName, function.Trigger));
    }

    [Theory]
    [InlineData("Two functions are named", typeof(OneName), typeof(TheSameName))]
    [InlineData("A and B answer to the same durable name Work", typeof(TwoDurable))]
    [InlineData("Function Open: the route \"{open\" cannot be read", typeof(MalformedRoute))]
    public async Task Host_FunctionsThatCannotBeServed_DoesNotStart(string words, params Type[] functions)
    {
        var refused = await Assert.ThrowsAsync<FunctionStartupException>(() => HostUnderTest.StartAsync(functions));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static WorkerFunction Read(params string[] bindings) =>
        WorkerFunction.Read(new RpcFunctionMetadata { Name = "X", FunctionId = "1", RawBindings = { bindings } });

    private static class OneName
    {
        [Function("same")]
        public static void First([ActivityTrigger] string input) => _ = input;
    }

    private static class TheSameName
    {
        [Function("Same")]
        public static void Second([ActivityTrigger] string input) => _ = input;
    }

    private static class TwoDurable
    {
        [Function("A")]
        public static Task First([OrchestrationTrigger(Orchestration = "Work")] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function("B")]
        public static Task Second([OrchestrationTrigger(Orchestration = "work")] TaskOrchestrationContext context) => Task.CompletedTask;
    }

    private static class MalformedRoute
    {
        [Function("Open")]
        public static IResult Run([HttpTrigger(Route = "{open")] HttpRequest request) => Results.Ok(request.Method);
    }
}
