using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a request must carry in <c>x-functions-key</c> or <c>code</c>.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; the platform does not offer it.</summary>
    User = 1,

    /// <summary>A key of the function or of the host.</summary>
    Function = 2,

    /// <summary>The host's system key; not offered to functions.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}

/// <summary>Runs a function for a HTTP request.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Every method, with a function key.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The methods given, with a function key.</summary>
    public HttpTriggerAttribute(params string[] methods)
        : this() => Methods = methods;

    /// <summary>Every method, with the key that the level asks for.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The methods given, with the key that the level asks for.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the host's prefix; the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods served, whatever their case; null serves all. HEAD and OPTIONS are served only when
    /// listed.</summary>
    public string[]? Methods { get; }

    /// <summary>The key a request needs.</summary>
    public AuthorizationLevel AuthLevel { get; }
}
