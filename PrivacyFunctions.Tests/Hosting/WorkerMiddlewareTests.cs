using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class WorkerMiddlewareTests
{
    [Fact]
    public async Task Middlewares_AroundEveryKindOfFunction_RunOutermostFirst()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware<Outer>().UseMiddleware(async (context, next) =>
        {
            var journal = context.GetJournal();
            journal.Add("inner");
            await next();
            journal.Add("inner after");
        }));

        await host.Client.GetStringAsync("/Http");
        Assert.Equal(["Http with request", "inner", "function", "inner after", "Http ends"], host.Journal.Entries);

        await host.RunAsync("Orchestrator");
        Assert.Equal(
            ["Orchestrator without request", "inner", "function", "inner after", "Orchestrator ends",
             "Activity without request", "inner", "function", "inner after", "Activity ends"],
            host.Journal.Entries.Skip(5).Take(10)); // then the orchestrator's second turn
    }

    [Fact]
    public async Task Middleware_ThatDoesNotCallNext_AnswersItself()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            var response = context.GetHttpContext()!.Response;
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            await response.WriteAsync("slower");
        }));
        using var answer = await host.Client.GetAsync("/Http");
        Assert.Equal((429, "slower"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Empty(host.Journal.Entries);
    }

    [Fact]
    public async Task Middleware_AfterNext_CanStillSetHeaders()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetHttpContext()!.Response.Headers["x-after"] = "set";
        }));
        using var answer = await host.Client.GetAsync("/Http");
        Assert.Equal("set", Assert.Single(answer.Headers.GetValues("x-after")));
    }

    [Fact]
    public async Task Middleware_ThatThrows_Is500()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware((_, _) => throw new TimeoutException()));
        using var answer = await host.Client.GetAsync("/Http");
        Assert.Equal(500, (int)answer.StatusCode);
    }

    [Fact]
    public async Task UseWhen_PredicateDoesNotHold_GoesPast()
    {
        await using var host = await StartAsync(builder => builder.UseWhen<Outer>(context => context.GetHttpContext() is null));
        await host.Client.GetStringAsync("/Http");
        Assert.Equal(["function"], host.Journal.Entries);
    }

    [Theory]
    [InlineData("Sum", """{"first":1,"Second":2}""", "3")]
    [InlineData("Sum", "null", "-1")]
    [InlineData("Greet", "\"Ada\"", "\"Hello, \\u0022Ada\\u0022\"")]
    public async Task Activity_InputAndResult_TravelAsJson(string activity, string input, string output)
    {
        await using var host = await StartAsync(_ => { });
        var ended = await host.RunAsync("Calls", new Call(activity, input));
        Assert.Equal((OrchestrationRuntimeStatus.Completed, output), (ended.RuntimeStatus, ended.SerializedOutput));
    }

    [Theory]
    [InlineData("Fails", "secret@example.com")]
    [InlineData("Unknown", "There is no activity named 'Unknown'")]
    public async Task Activity_ThatFails_FailsItsCallWithItsWords(string activity, string words)
    {
        await using var host = await StartAsync(_ => { });
        var ended = await host.RunAsync("Calls", new Call(activity, "0"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(words, $"{ended.SerializedOutput} {ended.FailureDetails?.ErrorMessage}", StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orchestrator_ThatDoesNotExist_FailsItsInstance()
    {
        await using var host = await StartAsync(_ => { });
        var ended = await host.RunAsync("Nobody");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    private static Task<HostUnderTest> StartAsync(Action<FunctionsApplicationBuilder> compose)
        => HostUnderTest.StartAsync([typeof(Functions)], compose);

    internal sealed record Call(string Activity, string Input);

    internal sealed record Numbers(int First, int Second);

    private sealed class Functions(Journal journal)
    {
        [Function("Calls")]
        public static Task<object?> Calls([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var call = context.GetInput<Call>()!;
            return context.CallActivityAsync<object?>(call.Activity, JsonSerializer.Deserialize<JsonElement?>(call.Input));
        }

        [Function("Fails")]
        public static void Fails([ActivityTrigger] int input) => throw new TimeoutException($"secret@example.com {input}");

        [Function("Sum")]
        public static Task<int> Sum([ActivityTrigger] Numbers? numbers) =>
            Task.FromResult(numbers is null ? -1 : numbers.First + numbers.Second);

        [Function("Greet")]
        public static string Greet([ActivityTrigger] string name) => $"Hello, \"{name}\"";

        [Function("Http")]
        public IResult Http([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            journal.Add("function");
            return Results.Text(request.Method);
        }

        [Function("Activity")]
        public void Activity([ActivityTrigger] string input, CancellationToken cancellation) => journal.Add("function");

        [Function("Orchestrator")]
        public async Task Orchestrator([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Add("function");
            await context.CallActivityAsync("Activity", "in");
        }
    }

    private sealed class Outer(Journal journal) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            journal.Add($"{context.FunctionDefinition.Name} {(context.GetHttpContext() is null ? "without" : "with")} request");
            await next(context);
            journal.Add($"{context.FunctionDefinition.Name} ends");
        }
    }
}
