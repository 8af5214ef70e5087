using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.LocalHost.Runtime;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Runs functions through the app's middlewares, each invocation in a scope of its own.</summary>
internal sealed class FunctionInvoker(WorkerBuilder worker, IServiceScopeFactory scopes)
{
    private readonly FunctionExecutionDelegate _pipeline = worker.BuildPipeline(static async context =>
    {
        var invocation = (Invocation)context;
        invocation.Result = await invocation.Function.InvokeAsync(invocation);
    });

    /// <summary>Runs a function for a request, in the request's scope, and returns its result; the answer is not
    /// written yet.</summary>
    public async Task<object?> RunHttpAsync(HostedFunction function, HttpContext http)
    {
        var invocation = new Invocation(function, http, http.RequestServices, http.RequestAborted);
        await _pipeline(invocation);
        return invocation.Result;
    }

    /// <summary>Runs a timer function.</summary>
    public async Task RunTimerAsync(HostedFunction function, TimerInfo timer, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await _pipeline(new Invocation(function, timer, scope.ServiceProvider, cancellation));
    }

    /// <summary>Runs an activity and returns its result.</summary>
    public async Task<object?> RunActivityAsync(HostedFunction function, ActivityCall call, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new Invocation(function, call, scope.ServiceProvider, cancellation);
        await _pipeline(invocation);
        return invocation.Result;
    }

    /// <summary>
    /// Runs one turn of an orchestrator. As in the real worker the middlewares stand around every replay, on the
    /// orchestrator's thread: one that awaits anything but <c>next</c> breaks the replay.
    /// </summary>
    /// <remarks>A turn that ends in a wait never comes back here; its scope is then left to the garbage collector.</remarks>
    public async Task<object?> RunOrchestratorAsync(HostedFunction function, TaskOrchestrationContext context)
    {
        using var scope = scopes.CreateScope();
        var invocation = new Invocation(function, context, scope.ServiceProvider, CancellationToken.None);
        await _pipeline(invocation);
        return invocation.Result;
    }
}
