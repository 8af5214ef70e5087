using PrivacyFunctions.Requests;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>What people see of a kind of request from outside.</summary>
/// <param name="Answers">How the subjects begin by which it is answered: exactly one comes.</param>
internal sealed record Wish(params string[] Answers)
{
    /// <summary>The end of an account, which is no request.</summary>
    public const string Termination = "termination";

    public const string NotIdentified = "We could not identify you, so your request";
    public const string NotTheirs = "We could not identify you, so we cannot do what you asked for";
    public const string Refused = "We cannot do what you asked for";
    public const string SignedIn = "We have your request";
    public const string ShowWhose = "Please show us that the request";
    public const string Withdrawn = "Your request is withdrawn";
    public const string Extended = "We need more time to answer you";
    public const string Code = "Your code to open your data";
    public const string ShownData = "Look at your data and correct it";
    public const string NothingSent = "You sent no corrections";
    public const string Upheld = "We do not use your data for that any more";
    public const string Restricted = "We have restricted the use of your data";
    public const string Lifts = "We are going to lift the restriction";
    public const string Keeps = "We are not going to use your data again for now";
    public const string Received = "We have your complaint";
    public static readonly string[] Overridden = ["We are going to use your data again", "What we decided about your objection"];

    /// <summary>A letter that comes before the answer, once; null if none does.</summary>
    public string[]? Before { get; init; }

    /// <summary>Whether the law lets an answer take longer.</summary>
    public bool CanBeExtended { get; init; } = true;

    private static readonly Dictionary<string, Wish> All = new()
    {
        ["access"] = new("Your personal data is ready"),
        ["portability"] = new("Your data to take along is ready"),
        ["rectification"] = new("Your data is corrected", "What we did about your corrections", NothingSent) { Before = [ShownData] },
        ["erasure"] = new("Your data is erased", "Your data has to stay, and why", "We hold no data about you", "What we had to keep is no longer there"),
        ["restriction"] = new(Restricted),
        ["use"] = new() { Before = ["We have stopped uses of your data for now", "We have your objection"] },
        ["objection"] = new("We have stopped our advertising to you") { CanBeExtended = false },
        ["complaint"] = new("The outcome of your complaint") { Before = [Received], CanBeExtended = false },
    };

    /// <summary>The kinds that the app has, with the end of an account.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Tests.Support.Kinds.Requests.All.Select(kind => kind.Kind.Name), Termination];

    /// <summary>What is known of a registered kind.</summary>
    public static Wish Of(string kind) => All.TryGetValue(kind, out var wish)
        ? wish
        : throw new InvalidOperationException($"Nobody of the mixed cases knows how to ask for {kind}: say it in {nameof(Wish)} and in the acts.");

    /// <summary>How a registered kind is asked for.</summary>
    public static RequestKind Form(string kind) => Tests.Support.Kinds.Request(kind);
}
