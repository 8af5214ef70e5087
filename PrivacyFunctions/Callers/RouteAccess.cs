using System.Collections.Concurrent;
using System.Reflection;

namespace PrivacyFunctions.Callers;

/// <summary>This function is for whoever has one of these roles.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForRolesAttribute(CallerRole roles) : Attribute
{
    /// <summary>One of them is enough.</summary>
    public CallerRole Roles => roles;
}

/// <summary>This function is for everybody: what it does for one person is protected by their mailbox, not by a key.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForEverybodyAttribute : Attribute;

/// <summary>Whom an HTTP function admits. One that says nothing about it admits nobody.</summary>
/// <param name="IsForEverybody">Whether no key is needed.</param>
/// <param name="Roles">Else the roles of which one is needed.</param>
internal sealed record RouteAccess(bool IsForEverybody, CallerRole Roles)
{
    private static readonly ConcurrentDictionary<string, RouteAccess> Known = new(StringComparer.Ordinal);

    /// <summary>Whom a function admits.</summary>
    /// <param name="entryPoint">The full name of its type and its method, as the worker's metadata has it.</param>
    public static RouteAccess Of(string entryPoint) => Known.GetOrAdd(entryPoint, static name =>
    {
        var method = MethodOf(name);
        return method is null ? new(false, CallerRole.None) : new(
            method.IsDefined(typeof(ForEverybodyAttribute)),
            method.GetCustomAttribute<ForRolesAttribute>()?.Roles ?? CallerRole.None);
    });

    /// <summary>The function of an entry point; null if there is none.</summary>
    public static MethodInfo? MethodOf(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        return dot < 0 ? null : typeof(RouteAccess).Assembly.GetType(entryPoint[..dot])?.GetMethod(entryPoint[(dot + 1)..]);
    }
}
