using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>One invocation, as it passes the middlewares to the function.</summary>
/// <param name="function">The function to run.</param>
/// <param name="trigger">What triggered it: an <see cref="HttpContext"/>, a <see cref="TimerInfo"/>, an orchestration's
/// context or an activity's call.</param>
/// <param name="services">The scope of this invocation.</param>
/// <param name="cancellation">Cancelled when the client leaves or the host stops.</param>
internal sealed class Invocation(
    HostedFunction function, object trigger, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    /// <summary>Under this key the worker keeps the request; <c>GetHttpContext()</c> looks there.</summary>
    private const string HttpContextKey = "HttpRequestContext";

    /// <summary>The function to run.</summary>
    public HostedFunction Function => function;

    /// <summary>What triggered it.</summary>
    public object Trigger => trigger;

    /// <summary>What the function returned; null when it returned nothing or a middleware did not let it run.</summary>
    public object? Result { get; set; }

    /// <inheritdoc/>
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override string FunctionId => function.Definition.Id;

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition => function.Definition;

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; } = services;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => cancellation;

    /// <inheritdoc/>
    public override IDictionary<object, object> Items { get; set; } =
        trigger is HttpContext http ? new Dictionary<object, object> { [HttpContextKey] = http } : [];
}
