using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.Hosting;
using Moq;
using PrivacyFunctions.LocalHost.Runtime;

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

        await host.Durable.FindActivity("Activity")!(new ActivityCall("i", "Activity", "\"in\""), default);
        await host.Durable.FindOrchestrator("Orchestrator")!(new Mock<TaskOrchestrationContext>().Object);
        Assert.Equal(
            ["Activity without request", "inner", "function", "inner after", "Activity ends",
             "Orchestrator without request", "inner", "function", "inner after", "Orchestrator ends"],
            host.Journal.Entries.Skip(5));
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

    [Fact]
    public async Task Activity_InputAndResult_TravelAsTheEngineWritesThem()
    {
        await using var host = await StartAsync(_ => { });
        var activity = host.Durable.FindActivity("Sum")!;
        Assert.Equal(3, await activity(new ActivityCall("i", "Sum", """{"first":1,"Second":2}"""), default));
        Assert.Equal(-1, await activity(new ActivityCall("i", "Sum", null), default));
        Assert.Null(host.Durable.FindActivity("unknown"));
        Assert.Null(host.Durable.FindOrchestrator("Sum"));
    }

    [Fact]
    public async Task Activity_ThatThrows_FailsWithItsOwnException()
    {
        await using var host = await StartAsync(_ => { });
        var activity = host.Durable.FindActivity("Fails")!;
        await Assert.ThrowsAsync<TimeoutException>(() => activity(new ActivityCall("i", "Fails", "0"), default));
    }

    private static Task<HostUnderTest> StartAsync(Action<IFunctionsWorkerApplicationBuilder> compose)
        => HostUnderTest.StartAsync([typeof(Functions)], compose);

    internal sealed record Numbers(int First, int Second);

    private sealed class Functions(Journal journal)
    {
        [Function("Fails")]
        public static void Fails([ActivityTrigger] int input) => throw new TimeoutException(input.ToString());

        [Function("Sum")]
        public static ValueTask<int> Sum([ActivityTrigger] Numbers? numbers) => new(numbers is null ? -1 : numbers.First + numbers.Second);

        [Function("Http")]
        public IResult Http([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            journal.Add("function");
            return Results.Text(request.Method);
        }

        [Function("Activity")]
        public void Activity([ActivityTrigger] string input, CancellationToken cancellation) => journal.Add("function");

        [Function("Orchestrator")]
        public Task Orchestrator([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            journal.Add("function");
            return Task.CompletedTask;
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
