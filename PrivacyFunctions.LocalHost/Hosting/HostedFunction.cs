using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>A function of the app, ready to be called.</summary>
/// <param name="Trigger">What makes it run.</param>
/// <param name="Definition">Who it is, as middlewares see it.</param>
/// <param name="InvokeAsync">Binds the arguments from the invocation, calls the method and awaits its result.</param>
internal sealed record HostedFunction(
    FunctionTrigger Trigger, HostedFunctionDefinition Definition, Func<Invocation, Task<object?>> InvokeAsync)
{
    /// <summary>The name given by <see cref="FunctionAttribute"/>.</summary>
    public string Name => Definition.Name;
}

/// <inheritdoc/>
internal sealed class HostedFunctionDefinition(string name, string entryPoint, string pathToAssembly, TriggerMetadata trigger)
    : FunctionDefinition
{
    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override string EntryPoint { get; } = entryPoint;

    /// <inheritdoc/>
    public override string PathToAssembly { get; } = pathToAssembly;

    /// <inheritdoc/>
    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(trigger.Name, trigger);

    /// <inheritdoc/>
    public override string Id { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {entryPoint}")).AsSpan(0, 8));
}

/// <summary>The trigger as middlewares see it.</summary>
/// <param name="name">The parameter.</param>
/// <param name="type">As function metadata spell it: <c>httpTrigger</c>, <c>timerTrigger</c>, ...</param>
internal sealed class TriggerMetadata(string name, string type) : BindingMetadata
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Type => type;

    /// <inheritdoc/>
    public override BindingDirection Direction => BindingDirection.In;
}
