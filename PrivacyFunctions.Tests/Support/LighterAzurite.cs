namespace PrivacyFunctions.Tests.Support;

/// <summary>What makes the Azurites of the tests lighter; <c>lighter-azurite.cjs</c> says how, and what they then lack.</summary>
internal static class LighterAzurite
{
    /// <summary>The variable with which Node takes its options.</summary>
    public const string Variable = "NODE_OPTIONS";

    /// <summary>Its value for the process that starts Azurite, and for Azurite itself. With a larger young generation, what a
    /// request leaves behind is seldom collected before the request is over.</summary>
    public static readonly string Options =
        $"--max-semi-space-size=64 --require \"{Path.Combine(AppContext.BaseDirectory, "Support", "lighter-azurite.cjs")}\"";
}
