namespace PrivacyFunctions.Web;

/// <summary>A page that says something and offers at most one button and two links.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Words">A paragraph each.</param>
internal sealed record Notice(string Title, params IReadOnlyList<string> Words)
{
    /// <summary>A button that posts to its own page: the only way by which a mailed link changes anything.</summary>
    public PostButton? Button { get; init; }

    /// <summary>Where to go on.</summary>
    public NextLink? Next { get; init; }

    /// <summary>Where else.</summary>
    public NextLink? Also { get; init; }
}

/// <summary>A button that posts to that path.</summary>
internal sealed record PostButton(string Label, string Action);

/// <summary>A link to that path.</summary>
/// <param name="Label">What it says.</param>
/// <param name="Path">Where it leads.</param>
/// <param name="IsAside">Whether it is not what most people come for, and looks like it.</param>
internal sealed record NextLink(string Label, string Path, bool IsAside = false);
