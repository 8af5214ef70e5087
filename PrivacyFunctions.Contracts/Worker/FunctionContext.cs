using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Unique to the function and the same for each of its invocations.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The services of this invocation's own scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that is run.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>What middlewares and the function share within this invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the host gives the invocation up.</summary>
    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>A function of the app.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The file that holds the function.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>The method: namespace, class and name with dots between.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Unique to the function and stable.</summary>
    public abstract string Id { get; }

    /// <summary>The name given by <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What the function takes, by the names of its parameters; its trigger among them.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }
}

/// <summary>How a parameter is bound.</summary>
public abstract class BindingMetadata
{
    /// <summary>The parameter's name.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of binding, such as <c>httpTrigger</c> or <c>activityTrigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Whether it brings data in or takes it out.</summary>
    public abstract BindingDirection Direction { get; }
}

/// <summary>Whether a binding brings data in or takes it out.</summary>
public enum BindingDirection
{
    /// <summary>Into the function.</summary>
    In = 0,

    /// <summary>Out of it.</summary>
    Out = 1,
}
