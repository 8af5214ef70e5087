using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Cases;

/// <summary>All that the rest of the app knows of a kind of case. The capability that has it registers it, once.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="InputOf">What the orchestration of a case is started with: ids and policy only.</param>
/// <param name="Standings">Where its cases can stand, in the words of <see cref="Case.Standing"/>.</param>
internal record KindOfCase(CaseKind Kind, Func<Case, object> InputOf, IReadOnlyList<string> Standings)
{
    /// <summary>The type of its state.</summary>
    public required Type State { get; init; }

    /// <summary>The type in which the facts stand that only this kind has; null if it has none.</summary>
    public Type? Facts { get; init; }

    /// <summary>The name of the orchestration that carries a case.</summary>
    public required string Orchestrator { get; init; }

    /// <summary>What the package is called that a case may offer: the beginning of its file's name.</summary>
    public string Package { get; init; } = "personal-data";

    /// <summary>What it is called: the text <c>kinds/{kind}</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it does not fit.</exception>
    public virtual KindWords Words => field ??= TextFolder.English.Read<KindWords>($"kinds/{Kind.Name}");
}

/// <summary>What a kind of case is called.</summary>
internal record KindWords
{
    /// <summary>What a case is about, for the officer: completes "A case (...)".</summary>
    public required string About { get; init; }
}

/// <summary>Registers kinds of cases.</summary>
internal static class KindsOfCases
{
    /// <summary>Adds a kind: how its cases are kept, started, listed and told of.</summary>
    public static IServiceCollection AddKind(this IServiceCollection services, KindOfCase kind) => services
        .AddSingleton(kind).AddSingleton(new CaseShape(kind.Kind, kind.State, kind.Facts));
}
