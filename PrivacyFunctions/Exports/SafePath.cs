namespace PrivacyFunctions.Exports;

/// <summary>The name of a stored file as an entry of a package.</summary>
internal static class SafePath
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>
    /// Keeps folders and names, but nothing that could lead out of the folder into which the package is unpacked. A name that
    /// had to be changed is made unique by the number.
    /// </summary>
    /// <param name="name">As the store has it, with '/' between folders.</param>
    /// <param name="number">Which file of the package it is.</param>
    public static string Of(string name, int number)
    {
        var safe = string.Join('/', name.Split(Separators).Select(Plain).Where(part => part.Length > 0));
        return safe == name ? safe : $"{number}-{safe}";
    }

    private static string Plain(string part) => string.Concat(part.Select(letter =>
        char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ' ' or '(' or ')' ? letter : '-')).TrimStart('.').Trim();
}
