using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PrivacyFunctions.Callers;

/// <summary>A field that this function takes in its body: nobody can send another one, and docs/openapi.json tells of it.</summary>
/// <param name="name">The field.</param>
/// <param name="words">What it says, in plain words.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TakesAttribute(string name, string words) : Attribute
{
    public string Name => name;

    public string Words => words;

    /// <summary>The enumeration of whose members it is one, as JSON writes them; null where it is a text.</summary>
    public Type? Codes { get; set; }

    /// <summary>Whether it can be several codes, with commas between them.</summary>
    public bool AreSeveral { get; set; }

    /// <summary>Whether it can be left out.</summary>
    public bool IsOptional { get; set; }
}

/// <summary>What can stand in the address of a list, as docs/openapi.json tells it.</summary>
/// <param name="name">The parameter.</param>
/// <param name="words">What it says, in plain words.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FiltersAttribute(string name, string words) : Attribute
{
    public string Name => name;

    public string Words => words;
}

/// <summary>What this function answers if all is well, as docs/openapi.json tells it.</summary>
/// <param name="status">With which status.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class AnswersAttribute(int status) : Attribute
{
    public int Status => status;

    /// <summary>What is written as JSON.</summary>
    public abstract Type Type { get; }
}

/// <inheritdoc/>
/// <typeparam name="T">What is written as JSON.</typeparam>
internal sealed class AnswersAttribute<T>(int status = 200) : AnswersAttribute(status)
{
    /// <inheritdoc/>
    public override Type Type => typeof(T);
}

/// <summary>This function answers a file if all is well, as docs/openapi.json tells it.</summary>
/// <param name="mediaTypes">What it can be.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersFileAttribute(params string[] mediaTypes) : Attribute
{
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}

/// <summary>The fields that the function takes which answers a request.</summary>
/// <param name="Names">Their names.</param>
internal sealed record TakenFields(string[] Names)
{
    private static readonly ConcurrentDictionary<string, TakenFields> Known = new(StringComparer.Ordinal);

    /// <summary>Those of the function that answers this request.</summary>
    public static string[] Of(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<TakenFields>().Names;

    /// <summary>Those of a function.</summary>
    /// <param name="entryPoint">The full name of its type and its method, as the worker's metadata has it.</param>
    public static TakenFields Of(string entryPoint) => Known.GetOrAdd(
        entryPoint, static name => new([.. RouteAccess.MethodOf(name)?.GetCustomAttributes<TakesAttribute>().Select(field => field.Name) ?? []]));
}
